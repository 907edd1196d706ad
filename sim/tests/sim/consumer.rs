//! What a consumer can do wrong, and what it gets without a provider.

use std::ptr;
use std::sync::Arc;

use ndis::NdisStatus;
use ndis::irql::{self, Irql};
use ndis::sys::*;
use ndis_sim::{Ask, Assumption, Machine, Rule, Source};

use crate::raw::{Provider, Wrong, assert_rules, deregister, register, with};

const SIZE: u16 = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1;

/// Correct parameters with a list for one page.
fn parameters(list: &mut [u64; 5]) -> NDIS_SHARED_MEMORY_PARAMETERS {
    NDIS_SHARED_MEMORY_PARAMETERS {
        Header: NDIS_OBJECT_HEADER { Type: NDIS_OBJECT_TYPE_DEFAULT, Revision: 1, Size: SIZE },
        Flags: 0,
        QueueId: 1,
        SharedMemoryHandle: ptr::null_mut(),
        PreferredNode: MM_ANY_NODE_OK,
        Usage: NdisSharedMemoryUsageReceive,
        Length: 4096,
        VirtualAddress: ptr::null_mut(),
        SGListBufferLength: size_of_val(list) as u32,
        SGListBuffer: list.as_mut_ptr().cast(),
        VPortId: 0,
    }
}

/// Asks, and asserts that the handle is NULL if that fails.
fn ask(adapter: NDIS_HANDLE, parameters: PNDIS_SHARED_MEMORY_PARAMETERS) -> Result<NDIS_HANDLE, NDIS_STATUS> {
    let mut handle = ptr::without_provenance_mut(0x77);
    // SAFETY: the pointers are bad as far as NDIS can tell, or right.
    let status = unsafe { NdisAllocateSharedMemory(adapter, parameters, &raw mut handle) };
    assert_eq!(handle.is_null(), status != NDIS_STATUS_SUCCESS);
    if status == NDIS_STATUS_SUCCESS { Ok(handle) } else { Err(status) }
}

fn free(adapter: NDIS_HANDLE, block: NDIS_HANDLE) {
    // SAFETY: the handles are only compared.
    unsafe { NdisFreeSharedMemory(adapter, block) }
}

#[test]
fn bad_arguments_never_reach_a_provider() {
    const INVALID: Result<NDIS_HANDLE, NDIS_STATUS> = Err(NDIS_STATUS_INVALID_PARAMETER);
    let report = with(Provider::new(Wrong::Nothing), |machine, adapter, provider| {
        let mut list = [0; 5];
        let mut right = parameters(&mut list);
        let adapter = adapter.handle();
        assert_eq!(ask(ptr::null_mut(), &raw mut right), INVALID);
        assert_eq!(ask(ptr::without_provenance_mut(0x1234), &raw mut right), INVALID);
        let ended = Some(machine.filter_module()).map(|module| module.handle()).unwrap();
        assert_eq!(ask(ended, &raw mut right), INVALID);
        let module = machine.filter_module();
        assert_eq!(ask(module.handle(), &raw mut right), INVALID);
        assert_eq!(ask(adapter, ptr::null_mut()), INVALID);
        assert_eq!(ask(adapter, (&raw mut right).wrapping_byte_add(1)), INVALID);
        // SAFETY: a NULL out pointer is not followed.
        let status = unsafe { NdisAllocateSharedMemory(adapter, &raw mut right, ptr::null_mut()) };
        assert_eq!(status, NDIS_STATUS_INVALID_PARAMETER);
        for spoil in [
            (|wrong| wrong.Header.Type = 0x81) as fn(&mut NDIS_SHARED_MEMORY_PARAMETERS),
            |wrong| wrong.Header.Revision = 0,
            |wrong| wrong.Header.Size = SIZE - 1,
            |wrong| wrong.Header.Revision = 2,
            |wrong| wrong.SGListBuffer = ptr::null_mut(),
        ] {
            let mut wrong = right;
            spoil(&mut wrong);
            assert_eq!(ask(adapter, &raw mut wrong), INVALID);
        }
        assert_eq!(provider.calls.load(std::sync::atomic::Ordering::Relaxed), 0);
        let block = ask(adapter, &raw mut right).unwrap();
        free(adapter, block);
    });
    use Rule::*;
    assert_rules(
        &report,
        &[
            BadPointer,
            UnknownHandle,
            StaleHandle,
            HandleKind,
            BadPointer,
            BadPointer,
            BadPointer,
            ObjectHeader,
            ObjectHeader,
            ObjectHeader,
            ObjectHeader,
            BadPointer,
        ],
    );
}

#[test]
fn at_a_raised_level() {
    let report = with(Provider::new(Wrong::Nothing), |_, adapter, provider| {
        let failed = irql::simulate(Irql::DISPATCH, || adapter.allocate(Ask::new(4096)));
        assert_eq!(failed, Err(NdisStatus::FAILURE));
        let block = adapter.allocate(Ask::new(4096)).unwrap();
        irql::simulate(Irql::APC, || adapter.free(&block));
        assert_eq!(provider.outstanding(), 0);
    });
    assert_rules(&report, &[Rule::AllocatedAtRaisedIrql, Rule::RaisedIrql]);
    assert_eq!(report.breaches()[0].source(), Source::Bugcheck(0x7C, 1));
}

#[test]
fn without_dma() {
    let machine = Machine::new();
    let adapter = machine.adapter();
    assert_eq!(adapter.allocate(Ask::new(4096)), Err(NdisStatus::FAILURE));
    drop(adapter);
    assert_rules(&machine.finish(), &[Rule::NoScatterGatherDma]);
}

#[test]
fn a_second_free_never_reaches_the_provider() {
    // The provider asserts that it gave what it gets.
    let report = with(Provider::new(Wrong::Nothing), |_, adapter, _| {
        let block = adapter.allocate(Ask::new(4096)).unwrap();
        adapter.free(&block);
        adapter.free(&block);
    });
    assert_rules(&report, &[Rule::DoubleFree]);
    assert_eq!(report.counts().frees, 1);
}

#[test]
fn a_free_of_something_else() {
    let report = with(Provider::new(Wrong::Nothing), |_, adapter, provider| {
        let block = adapter.allocate(Ask::new(4096)).unwrap();
        free(adapter.handle(), ptr::null_mut());
        free(adapter.handle(), block.shared_memory_handle());
        free(adapter.handle(), adapter.handle());
        free(block.handle(), adapter.handle());
        assert_eq!(provider.outstanding(), 1);
        adapter.free(&block);
    });
    assert_rules(&report, &[Rule::BadPointer, Rule::UnknownHandle, Rule::HandleKind, Rule::HandleKind]);
}

#[test]
fn a_free_with_another_adapters_handle() {
    let report = with(Provider::new(Wrong::Nothing), |machine, adapter, provider| {
        let block = adapter.allocate(Ask::new(4096)).unwrap();
        let other = machine.adapter();
        other.free(&block);
        assert_eq!(provider.outstanding(), 0);
    });
    assert_rules(&report, &[Rule::WrongNdisHandle]);
}

#[test]
fn an_adapter_that_halts_with_blocks() {
    let report = with(Provider::new(Wrong::Nothing), |machine, adapter, provider| {
        machine.watch_outstanding("raw", {
            let provider = Arc::clone(provider);
            move || provider.outstanding()
        });
        let other = machine.adapter();
        other.register_dma().unwrap();
        let late = other.allocate(Ask::new(4096)).unwrap();
        let lost = other.allocate(Ask::new(100)).unwrap();
        let handle = other.handle();
        other.halt();
        free(handle, late.handle());
        assert_eq!(provider.outstanding(), 1);
        assert_eq!(lost.length(), 100);
        assert!(adapter.allocate(Ask::new(4096)).map(|block| adapter.free(&block)).is_ok());
    });
    assert_rules(&report, &[Rule::BlocksOutliveConsumer]);
    assert_eq!(report.breaches()[0].text, "the adapter has not freed 2 blocks of 4196 bytes");
}

#[test]
fn a_driver_that_goes_before_its_blocks() {
    let machine = Machine::new();
    let provider = Arc::new(Provider::new(Wrong::Nothing));
    machine.run(|| {
        let driver = register(&provider).unwrap();
        let adapter = machine.adapter();
        adapter.register_dma().unwrap();
        let block = adapter.allocate(Ask::new(4096)).unwrap();
        deregister(driver);
        adapter.free(&block);
        assert_eq!(provider.outstanding(), 1, "the free must not reach a provider that is gone");
        let block = adapter.allocate(Ask::new(4096)).unwrap();
        assert!(block.shared_memory_handle().is_null(), "there is no provider any more");
        adapter.free(&block);
        assert_eq!(provider.calls.load(std::sync::atomic::Ordering::Relaxed), 1);
    });
    assert_rules(&machine.finish(), &[Rule::BlocksOutliveProvider]);
}

#[test]
fn a_machine_that_finishes_with_blocks() {
    let machine = Machine::new();
    let adapter = machine.adapter();
    adapter.register_dma().unwrap();
    adapter.allocate(Ask::new(4096)).unwrap();
    let report = machine.finish();
    assert_rules(&report, &[Rule::BlocksNeverFreed]);
    assert_eq!(report.counts().live_blocks, 1);
}

#[test]
fn without_a_provider_memory_comes_from_the_hal() {
    let machine = Machine::new();
    let adapter = machine.adapter();
    adapter.register_dma().unwrap();
    machine.exhaust_pages_after(0);
    let block = adapter.allocate(Ask::new(10_000)).unwrap();
    assert!(block.shared_memory_handle().is_null());
    assert_eq!(block.runs().len(), 1);
    assert_eq!(block.runs()[0].length, 10_000);
    // SAFETY: the block has so many bytes and is the consumer's.
    unsafe { block.virtual_address().unwrap().write_bytes(1, 10_000) };
    adapter.free(&block);
    assert_eq!(adapter.allocate(Ask { capacity: 0, ..Ask::new(1) }), Err(NdisStatus::INVALID_PARAMETER));
    adapter.halt();
    let report = machine.finish();
    report.assert_clean();
    assert!(report.assumptions().contains(&Assumption::HalFallback));
    assert!(report.to_string().contains("assumed: without a provider"));
}

#[test]
fn of_several_providers_the_newest_is_asked() {
    let older = Arc::new(Provider::new(Wrong::Nothing));
    let machine = Machine::new();
    machine.run(|| {
        let old_driver = register(&older).unwrap();
        let newer = Arc::new(Provider::new(Wrong::Nothing));
        let new_driver = register(&newer).unwrap();
        let adapter = machine.adapter();
        adapter.register_dma().unwrap();
        let block = adapter.allocate(Ask::new(1)).unwrap();
        assert_eq!((older.outstanding(), newer.outstanding()), (0, 1));
        adapter.free(&block);
        deregister(new_driver);
        let block = adapter.allocate(Ask::new(1)).unwrap();
        assert_eq!((older.outstanding(), newer.outstanding()), (1, 0));
        adapter.free(&block);
        adapter.halt();
        deregister(old_driver);
    });
    let report = machine.finish();
    report.assert_clean();
    assert!(report.assumptions().contains(&Assumption::NewestProvider));
}

#[test]
fn dma_by_hand() {
    unsafe extern "system" fn process(_: PDEVICE_OBJECT, _: PVOID, _: PSCATTER_GATHER_LIST, _: PVOID) {}
    let machine = Machine::new();
    let adapter = machine.adapter();
    let right = NDIS_SG_DMA_DESCRIPTION {
        Header: NDIS_OBJECT_HEADER {
            Type: NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION,
            Revision: NDIS_SG_DMA_DESCRIPTION_REVISION_1,
            Size: NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1,
        },
        Flags: 0,
        MaximumPhysicalMapping: 1514,
        ProcessSGListHandler: Some(process),
        SharedMemAllocateCompleteHandler: None,
        ScatterGatherListSize: 0,
        PdoOverride: ptr::null_mut(),
    };
    let try_it = |mut description: NDIS_SG_DMA_DESCRIPTION| {
        let mut dma = ptr::without_provenance_mut(0x77);
        // SAFETY: the pointers are to a local description and a local handle, which outlive the call.
        let status = unsafe { NdisMRegisterScatterGatherDma(adapter.handle(), &raw mut description, &raw mut dma) };
        assert_eq!(dma.is_null(), status != NDIS_STATUS_SUCCESS);
        (status, dma, description.ScatterGatherListSize)
    };
    let mut wrong = right;
    wrong.Header.Size -= 1;
    assert_eq!(try_it(wrong).0, NDIS_STATUS_INVALID_PARAMETER);
    let mut wrong = right;
    wrong.ProcessSGListHandler = None;
    assert_eq!(try_it(wrong).0, NDIS_STATUS_INVALID_PARAMETER);
    assert_eq!(irql::simulate(Irql::DISPATCH, || try_it(right).0), NDIS_STATUS_FAILURE);
    let (status, dma, size) = try_it(right);
    let elements = size_of::<SCATTER_GATHER_LIST>() + 2 * size_of::<SCATTER_GATHER_ELEMENT>();
    assert_eq!((status, size), (NDIS_STATUS_SUCCESS, elements as u32));
    assert_eq!(try_it(right).0, NDIS_STATUS_FAILURE);
    // SAFETY: the handles are only compared.
    machine.run(|| unsafe {
        NdisMDeregisterScatterGatherDma(dma);
        NdisMDeregisterScatterGatherDma(dma);
    });
    assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::FAILURE));
    assert_eq!(try_it(right).0, NDIS_STATUS_SUCCESS);
    adapter.halt();
    use Rule::*;
    let rules =
        [ObjectHeader, MissingHandler, RaisedIrql, DmaRegistration, StaleHandle, NoScatterGatherDma, DmaRegistration];
    assert_rules(&machine.finish(), &rules);
}
