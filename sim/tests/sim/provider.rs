//! Each mistake of a provider is noticed, as what it is and as nothing else.

use std::mem;
use std::ptr;
use std::sync::Arc;

use ndis::NdisStatus;
use ndis::irql::Irql;
use ndis::sys::*;
use ndis_sim::{Ask, Machine, Rule, Source};

use crate::raw::{Provider, Wrong, assert_rules, with};

/// Two requests of three pages, freed if they succeed, of a provider that does this wrong.
#[track_caller]
fn expect(wrong: Wrong, ask: Ask, rules: &[Rule], results: [Result<(), NdisStatus>; 2]) {
    let report = with(Provider::new(wrong), |_, adapter, _| {
        let blocks = [adapter.allocate(ask), adapter.allocate(ask)];
        assert_eq!(blocks.each_ref().map(|block| block.as_ref().map(|_| ()).map_err(|status| *status)), results);
        blocks.iter().flatten().for_each(|block| adapter.free(block));
        assert_eq!(Irql::current(), Irql::PASSIVE);
    });
    assert_rules(&report, rules);
}

const ASK: u32 = 3 * 4096 - 10;
const OK: Result<(), NdisStatus> = Ok(());
const FAILED: Result<(), NdisStatus> = Err(NdisStatus::FAILURE);
const RESOURCES: Result<(), NdisStatus> = Err(NdisStatus::RESOURCES);

/// Declares a test: what is wrong, which rule each of two requests breaks, what the consumer gets from each.
macro_rules! wrong {
    ($($test:ident: $wrong:ident, $rules:expr, $results:expr $(, $ask:expr)?;)*) => {
        $(
            #[test]
            fn $test() {
                #[allow(unused_mut, unused_assignments)]
                let mut ask = Ask::new(ASK);
                $( ask = $ask; )?
                expect(Wrong::$wrong, ask, &$rules, $results);
            }
        )*
    };
}

wrong! {
    a_right_provider_is_clean: Nothing, [], [OK, OK];
    a_right_contiguous_provider_is_clean: Nothing, [], [OK, OK], Ask::new(ASK).contiguous();
    a_right_provider_with_a_vport_is_clean: Nothing, [], [OK, OK], Ask { vport_id: Some(3), ..Ask::new(ASK) };
    a_right_failure_is_clean: Fails, [], [RESOURCES, RESOURCES];
    no_handle: NoHandle, [Rule::HandleNotWritten; 2], [FAILED, FAILED];
    null_handle: NullHandle, [Rule::NullBlockHandle; 2], [FAILED, FAILED];
    same_handle: SameHandle, [Rule::BlockHandleReused], [OK, FAILED];
    same_address: SameAddress, [Rule::MemoryInUse], [OK, FAILED];
    same_physical_address: SamePhysicalAddress, [Rule::MemoryInUse], [OK, FAILED];
    same_element_twice: SameElementTwice, [Rule::MemoryInUse; 2], [FAILED, FAILED], Ask { capacity: 9, ..Ask::new(4096) };
    handle_on_failure: HandleOnFailure, [Rule::HandleWrittenOnFailure; 2], [RESOURCES, RESOURCES];
    input_on_failure: InputOnFailure, [Rule::ParametersWrittenOnFailure; 2], [RESOURCES, RESOURCES];
    shared_memory_handle_on_failure:
        SharedMemoryHandleOnFailure, [Rule::ParametersWrittenOnFailure; 2], [RESOURCES, RESOURCES];
    virtual_address_on_failure: VirtualAddressOnFailure, [Rule::ParametersWrittenOnFailure; 2], [RESOURCES, RESOURCES];
    list_count_on_failure: ListCountOnFailure, [Rule::ListWrittenOnFailure; 2], [RESOURCES, RESOURCES];
    list_element_on_failure: ListElementOnFailure, [Rule::ListWrittenOnFailure; 2], [RESOURCES, RESOURCES];
    input: Input, [Rule::InputChanged; 2], [OK, OK];
    vport: VPort, [Rule::InputChanged; 2], [OK, OK], Ask { vport_id: Some(3), ..Ask::new(ASK) };
    past_parameters: PastParameters, [Rule::ParametersOverrun; 2], [FAILED, FAILED];
    the_vport_of_revision_1_is_past_the_parameters: VPort, [Rule::ParametersOverrun; 2], [FAILED, FAILED];
    before_parameters: BeforeParameters, [Rule::ParametersOverrun; 2], [FAILED, FAILED];
    past_list: PastList, [Rule::ListOverrun; 2], [FAILED, FAILED];
    before_list: BeforeList, [Rule::ListOverrun; 2], [FAILED, FAILED];
    too_many_elements: TooManyElements, [Rule::TooManyElements; 2], [FAILED, FAILED];
    short_elements: ShortElements, [Rule::ListTooShort; 2], [FAILED, FAILED], Ask::new(2 * 4096);
    two_elements: TwoElements, [Rule::NotContiguous; 2], [FAILED, FAILED],
        Ask { contiguous: true, ..Ask::new(2 * 4096) };
    empty_list: EmptyList, [Rule::ListTooShort; 2], [FAILED, FAILED];
    no_shared_memory_handle: NoSharedMemoryHandle, [Rule::NullSharedMemoryHandle; 2], [OK, OK];
    no_virtual_address: NoVirtualAddress, [Rule::NullVirtualAddress; 2], [FAILED, FAILED];
    raises_irql: RaisesIrql, [Rule::IrqlChanged; 2], [OK, OK];
    raises_irql_in_free: RaisesIrqlInFree, [Rule::IrqlChanged; 2], [OK, OK];
    returns_pending: ReturnsPending, [Rule::IllegalStatus; 2], [Err(NdisStatus::PENDING), Err(NdisStatus::PENDING)];
    returns_other: ReturnsOther, [Rule::IllegalStatus; 2], [Err(NdisStatus::NOT_SUPPORTED), Err(NdisStatus::NOT_SUPPORTED)];
}

#[test]
fn a_field_of_a_newer_revision_is_passed_and_not_changed() {
    for (wrong, rules) in [(Wrong::Nothing, &[][..]), (Wrong::NewerField, &[Rule::InputChanged])] {
        let report = with(Provider::new(wrong), |_, adapter, _| {
            #[repr(C)]
            struct Newer {
                known: NDIS_SHARED_MEMORY_PARAMETERS,
                new: usize,
            }
            let mut list = [0u64; 5];
            // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
            let mut newer: Newer = unsafe { mem::zeroed() };
            newer.known.Header = NDIS_OBJECT_HEADER { Type: 0x80, Revision: 3, Size: size_of::<Newer>() as u16 };
            newer.known.Length = 4096;
            newer.known.SGListBufferLength = size_of_val(&list) as u32;
            newer.known.SGListBuffer = list.as_mut_ptr().cast();
            let mut handle = ptr::null_mut();
            let parameters = (&raw mut newer).cast();
            // SAFETY: the parameters and their list are as long as they say; the handle is only compared.
            unsafe {
                assert_eq!(
                    NdisAllocateSharedMemory(adapter.handle(), parameters, &raw mut handle),
                    NDIS_STATUS_SUCCESS
                );
                NdisFreeSharedMemory(adapter.handle(), handle);
            }
            assert_eq!(newer.new, 0);
        });
        assert_rules(&report, rules);
    }
}

#[test]
fn the_answer_reaches_the_consumer_and_nothing_else_does() {
    let report = with(Provider::new(Wrong::Nothing), |_, adapter, provider| {
        #[repr(C)]
        struct List {
            head: SCATTER_GATHER_LIST,
            elements: [SCATTER_GATHER_ELEMENT; 3],
        }
        let unused = SCATTER_GATHER_ELEMENT { Address: PHYSICAL_ADDRESS { QuadPart: 7 }, Length: 7, Reserved: 7 };
        let head = SCATTER_GATHER_LIST { NumberOfElements: 3, Reserved: 7, Elements: [] };
        let mut list = List { head, elements: [unused; 3] };
        // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
        let mut parameters: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { mem::zeroed() };
        let size = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1;
        parameters.Header = NDIS_OBJECT_HEADER { Type: 0x80, Revision: 1, Size: size };
        parameters.Length = 2 * 4096;
        parameters.SGListBufferLength = size_of_val(&list) as u32;
        parameters.SGListBuffer = (&raw mut list).cast();
        parameters.VPortId = 99;
        let before = parameters.SGListBuffer;
        let mut handle = ptr::null_mut();
        // SAFETY: the parameters and their list are as long as they say.
        let status = unsafe { NdisAllocateSharedMemory(adapter.handle(), &raw mut parameters, &raw mut handle) };
        assert_eq!(status, NDIS_STATUS_SUCCESS);
        assert_eq!((parameters.SGListBuffer, parameters.VPortId, parameters.Length), (before, 99, 2 * 4096));
        assert_eq!(provider.outstanding(), 1);
        let shared = parameters.SharedMemoryHandle;
        assert!(!shared.is_null() && !handle.is_null() && handle != shared);
        // SAFETY: the block has so many bytes and is the consumer's.
        unsafe { parameters.VirtualAddress.cast::<u8>().write_bytes(7, 2 * 4096) };
        assert_eq!((list.head.NumberOfElements, list.head.Reserved), (2, 7), "two pages that are not contiguous");
        assert_eq!(list.elements.map(|element| element.Length), [4096, 4096, 7], "the third element is not used");
        // SAFETY: the handle is only compared.
        unsafe { NdisFreeSharedMemory(adapter.handle(), handle) };
        assert_eq!(provider.outstanding(), 0);
    });
    report.assert_clean();
    assert_eq!((report.counts().allocations, report.counts().frees), (1, 1));
    assert_eq!((report.counts().peak_bytes, report.counts().live_bytes), (2 * 4096, 0));
}

#[test]
fn a_list_without_elements_reaches_the_consumer() {
    let report = with(Provider::new(Wrong::EmptyList), |_, adapter, _| {
        let block = adapter.allocate(Ask { capacity: 3, ..Ask::new(0) }).unwrap();
        assert_eq!(block.runs(), [], "the count that the consumer preset is gone");
        adapter.free(&block);
    });
    report.assert_clean();
}

#[test]
fn a_pool_that_never_got_a_block_back() {
    let cases = [
        (Wrong::Nothing, &[][..]),
        (Wrong::Leaks, &[Rule::OutstandingMismatch]),
        // Nobody can give this one back: it is outside.
        (Wrong::NoHandle, &[Rule::HandleNotWritten]),
    ];
    for (wrong, rules) in cases {
        let report = with(Provider::new(wrong), |machine, adapter, provider| {
            machine.watch_outstanding("raw", {
                let provider = Arc::clone(provider);
                move || provider.outstanding()
            });
            if let Ok(block) = adapter.allocate(Ask::new(4096)) {
                machine.check_outstanding();
                adapter.free(&block);
            }
            machine.check_outstanding();
            machine.check_outstanding();
        });
        assert_rules(&report, rules);
        if wrong == Wrong::Leaks {
            assert_eq!(report.counts().failures(NdisStatus::FAILURE), 1);
            let text = &report.breaches()[0].text;
            assert_eq!(text, "blocks outside: NDIS has 0, the providers count 1 (raw 1)");
        }
    }
}

#[test]
fn a_breach_says_who_says_so() {
    let report = with(Provider::new(Wrong::RaisesIrql), |_, adapter, _| {
        let block = adapter.allocate(Ask::new(4096)).unwrap();
        adapter.free(&block);
    });
    assert_eq!(report.breaches()[0].source(), Source::Bugcheck(0xC8, 0));
    let text = "1 breach\n  1. ALLOCATE_SHARED_MEMORY_HANDLER: called at PASSIVE_LEVEL, returned at DISPATCH_LEVEL \
                [bugcheck 0xc8]\n1 blocks allocated, 1 freed, at most 4096 bytes at a time";
    assert_eq!(report.to_string(), text);
}

#[test]
fn an_unfinished_machine_says_what_it_noticed_so_far() {
    let machine = Machine::new();
    machine.run(|| drop(machine.adapter().allocate(Ask::new(1))));
    assert_rules(&machine.report(), &[Rule::NoScatterGatherDma]);
    assert_rules(&machine.finish(), &[Rule::NoScatterGatherDma]);
}
