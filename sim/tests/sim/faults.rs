//! Faults that a machine injects.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use ndis::irql::Irql;
use ndis::sys::{NDIS_OBJECT_TYPE_DEFAULT, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1};
use ndis::{NdisStatus, SharedMemory};
use ndis_sim::{Argument, Ask, BadPointer, HeaderFault, Machine, Pages, Rule};

use crate::raw::{Provider, Wrong, assert_rules, deregister, register, with};

const SIZE: u16 = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1;

fn got(machine: &Machine) -> bool {
    machine.run(|| Pages::allocate(1, false).is_some())
}

#[test]
fn pages_are_refused_by_number() {
    let machine = Machine::new();
    assert!(got(&machine));
    machine.refuse_pages(1);
    machine.refuse_pages(3);
    assert_eq!([(); 4].map(|()| got(&machine)), [false, true, false, true]);
    machine.refuse_pages(2);
    machine.restore_pages();
    assert_eq!([(); 2].map(|()| got(&machine)), [true; 2]);
    machine.exhaust_pages_after(1);
    assert_eq!([(); 3].map(|()| got(&machine)), [true, false, false]);
    machine.restore_pages();
    assert!(got(&machine));
    machine.finish().assert_clean();
}

#[test]
fn pages_are_refused_by_bytes_and_counted() {
    let machine = Machine::new();
    machine.limit_page_bytes(2 * 4096);
    machine.run(|| {
        let first = Pages::allocate(4096, false).unwrap();
        assert!(Pages::allocate(4097, false).is_none());
        let second = Pages::allocate(1, true).unwrap();
        assert!(Pages::allocate(1, false).is_none());
        let counts = machine.report().counts().clone();
        assert_eq!((counts.live_pages, counts.live_page_bytes), (2, 2 * 4096));
        drop(first);
        let third = Pages::allocate(1, false).unwrap();
        assert_eq!(machine.report().counts().live_pages, 2);
        drop((second, third));
    });
    assert_eq!(machine.finish().counts().live_page_bytes, 0);
    assert!(Pages::allocate(1, false).is_some(), "outside every machine there are no faults");
    assert!(Pages::allocate(0, false).is_none());
    assert!(Pages::allocate(usize::MAX, false).is_none());
}

#[test]
fn pages_are_memory_that_can_be_shared() {
    let pages = Pages::allocate(5000, false).unwrap();
    assert_eq!((pages.length(), pages.virtual_address().addr().get() % 4096), (8192, 0));
    let moved = Box::new(pages);
    // SAFETY: the pages are this test's.
    unsafe {
        assert_eq!(moved.virtual_address().add(8191).read(), 0);
        moved.virtual_address().write_bytes(1, 8192);
    }
    assert!(moved.physical_runs().all(|run| run.address > u64::from(u32::MAX) && run.address % 4096 == 0));
}

#[test]
fn a_provider_is_called_at_a_raised_level() {
    let levels = Arc::new(std::sync::Mutex::new(Vec::new()));
    let mut provider = Provider::new(Wrong::Nothing);
    provider.during = Box::new({
        let levels = Arc::clone(&levels);
        move || levels.lock().unwrap().push(Irql::current())
    });
    let report = with(provider, |machine, adapter, _| {
        machine.raise_irql(Irql::DISPATCH, 3);
        for _ in 0..3 {
            let block = adapter.allocate(Ask::new(1)).unwrap();
            adapter.free(&block);
        }
    });
    report.assert_clean();
    assert_eq!(*levels.lock().unwrap(), [Irql::DISPATCH, Irql::DISPATCH, Irql::PASSIVE]);
}

/// All faults that must be refused.
const BAD: [Fault; 10] = [
    Fault::Header(HeaderFault::Type(0x81)),
    Fault::Header(HeaderFault::Size(SIZE - 1)),
    Fault::Pointer(Argument::ProviderContext, BadPointer::Null),
    Fault::Pointer(Argument::ProviderContext, BadPointer::Misaligned),
    Fault::Pointer(Argument::Parameters, BadPointer::Null),
    Fault::Pointer(Argument::Parameters, BadPointer::Misaligned),
    Fault::Pointer(Argument::ScatterGatherList, BadPointer::Null),
    Fault::Pointer(Argument::ScatterGatherList, BadPointer::Misaligned),
    Fault::Pointer(Argument::BlockHandle, BadPointer::Null),
    Fault::Pointer(Argument::BlockHandle, BadPointer::Misaligned),
];

#[derive(Clone, Copy)]
pub(crate) enum Fault {
    Header(HeaderFault),
    Pointer(Argument, BadPointer),
}

impl Fault {
    pub(crate) fn inject(self, machine: &Machine) {
        match self {
            Fault::Header(change) => machine.corrupt_header(change),
            Fault::Pointer(argument, pointer) => machine.corrupt_pointer(argument, pointer),
        }
    }
}

#[test]
fn bad_arguments_are_refused() {
    let report = with(Provider::new(Wrong::Nothing), |machine, adapter, provider| {
        for fault in BAD {
            fault.inject(machine);
            assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::INVALID_PARAMETER));
            assert_eq!(provider.outstanding(), 0);
            let block = adapter.allocate(Ask::new(1)).unwrap();
            adapter.free(&block);
        }
    });
    report.assert_clean();
    assert_eq!(report.counts().failures(NdisStatus::INVALID_PARAMETER), BAD.len() as u64);
    assert_eq!(report.counts().all_failures(), BAD.len() as u64);
}

#[test]
fn bad_arguments_that_are_accepted() {
    let faults = [
        Fault::Header(HeaderFault::Type(0x81)),
        Fault::Header(HeaderFault::Size(4)),
        Fault::Pointer(Argument::Parameters, BadPointer::Misaligned),
        Fault::Pointer(Argument::BlockHandle, BadPointer::Null),
    ];
    let report = with(Provider::new(Wrong::Trusts), |machine, adapter, provider| {
        for fault in faults {
            fault.inject(machine);
            assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::FAILURE));
            assert_eq!(provider.outstanding(), 0, "a block that was made is given back");
        }
    });
    assert_rules(&report, &[Rule::FaultAccepted; 4]);
}

#[test]
fn newer_headers_are_fine() {
    let changes = [HeaderFault::Type(NDIS_OBJECT_TYPE_DEFAULT), HeaderFault::Size(SIZE + 16), HeaderFault::Revision(3)];
    let report = with(Provider::new(Wrong::Nothing), |machine, adapter, _| {
        for change in changes {
            machine.corrupt_header(change);
            let block = adapter.allocate(Ask::new(1)).unwrap();
            adapter.free(&block);
        }
    });
    report.assert_clean();
}

#[test]
fn a_provider_is_called_during_its_registration() {
    let machine = Machine::new();
    machine.call_during_registration();
    machine.run(|| {
        for calls in [1, 0] {
            let provider = Arc::new(Provider::new(Wrong::Nothing));
            let driver = register(&provider).unwrap();
            assert_eq!((provider.calls.load(Relaxed), provider.outstanding()), (calls, 0));
            deregister(driver);
        }
    });
    let report = machine.finish();
    report.assert_clean();
    assert_eq!((report.counts().allocations, report.counts().frees), (1, 1));
}

#[test]
fn an_early_call_is_checked_like_any_other() {
    let machine = Machine::new();
    machine.call_during_registration();
    machine.run(|| deregister(register(&Arc::new(Provider::new(Wrong::NoHandle))).unwrap()));
    assert_rules(&machine.finish(), &[Rule::HandleNotWritten]);
}
