//! The attribute's options, as they work: what is checked, what a panic does, under which names and types the entry is.
#![cfg(all(feature = "std", not(target_arch = "x86")))] // `abi = "C"` does not compile there
#![allow(unreachable_pub)]

mod bindings;
#[path = "../common/mod.rs"]
mod common;

use std::cell::Cell;
use std::ptr::{NonNull, null_mut, without_provenance_mut};

use common::ndis_functions::{Called, calls};
use common::{
    Tracked, at, bugcheck_line, child_task, expected_panic, kinds, live, ndis_handle, quietly, stopped, unreported,
};
use ndis::irql::{Irql, IrqlRange, set_simulated};
use ndis::prelude::*;
use ndis::{Answered, BreachKind, CancelId, Entry, FilterPause, HaltAction, PhysicalRun, SharedMemory, callback};

thread_local! {
    static CALLED: Cell<u32> = const { Cell::new(0) };
}

fn called() {
    CALLED.set(CALLED.get() + 1);
}

type Object = Tracked;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG, irql = "off")]
fn unchecked(_adapter: &Object) -> bool {
    called();
    set_simulated(Irql::from_raw(7));
    true
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG, irql = "debug")]
fn checked_in_debug(_adapter: &Object) -> bool {
    called();
    true
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG, irql = "assert")]
fn checked(_adapter: &Object) -> bool {
    called();
    true
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG, on_panic = "fatal")]
fn fatal(_adapter: &Object) -> bool {
    expected_panic()
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG, on_panic = "contain")]
fn contained(_adapter: &Object) -> bool {
    expected_panic()
}

fn context() -> Context<Object> {
    Context::new(Tracked::new(0)).unwrap()
}

#[test]
fn without_the_check_any_level_will_do() {
    let context = context();
    for level in [0, 1, 2, 12, 15] {
        // SAFETY: a context of the function's type.
        let answer = unreported(|| at(level, || unsafe { unchecked::entry(context.as_raw()) }));
        assert_eq!((answer, CALLED.take()), (1, 1));
    }
}

#[test]
fn the_check_is_made_in_debug_builds_or_all() {
    let context = context();
    let range = IrqlRange { min: Irql::PASSIVE, max: Irql::PASSIVE };
    let breach = BreachKind::Irql { legal: range, found: Irql::DISPATCH };
    for (entry, checks) in [
        (Some(checked::entry as unsafe extern "system" fn(_) -> _), true),
        (Some(checked_in_debug::entry), cfg!(debug_assertions)),
    ] {
        // SAFETY: a context of the function's type.
        let (answer, breaches) = kinds(|| at(2, || unsafe { entry.unwrap()(context.as_raw()) }));
        assert_eq!((answer == 0, CALLED.take() == 0), (checks, checks));
        assert_eq!(breaches, if checks { vec![breach] } else { vec![] });
    }
}

#[test]
fn panics_stop_the_machine_where_that_is_wanted() {
    if child_task().is_some() {
        // SAFETY: a context of the function's type.
        quietly(|| unsafe { fatal::entry(context().into_raw()) });
        unreachable!();
    }
    // SAFETY: as above.
    let (answer, breaches) = kinds(|| unsafe { contained::entry(context().as_raw()) });
    assert_eq!((answer, breaches), (0, vec![BreachKind::Panicked]));
    let Some(printed) = stopped("panics_stop_the_machine_where_that_is_wanted", "panic") else { return };
    assert!(printed.contains(&bugcheck_line("MINIPORT_CHECK_FOR_HANG", BreachKind::Panicked)), "{printed}");
    assert!(printed.contains("ndis: MINIPORT_CHECK_FOR_HANG: the function panicked\n"), "{printed}");
}

/// A name that the function's own would collide with.
mod cancel {
    use super::*;

    #[ndis_callback(MINIPORT_CANCEL_SEND, entry = CancelSend)]
    pub fn cancel(_adapter: &Object, _id: CancelId) {
        called();
    }
}
use cancel::cancel;

#[test]
fn an_entry_with_another_name() {
    let context = context();
    let pointer = <cancel::CancelSend as Entry<callback::MINIPORT_CANCEL_SEND, (Object,)>>::ENTRY.unwrap();
    // SAFETY: a context of the function's type.
    unreported(|| unsafe { pointer(context.as_raw(), null_mut()) });
    // SAFETY: as above.
    unreported(|| unsafe { cancel::CancelSend::entry(context.as_raw(), null_mut()) });
    assert_eq!(CALLED.take(), 2);
    // The function stays what it was.
    let _: fn(&Object, CancelId) = cancel;
}

#[ndis_callback(MINIPORT_CANCEL_SEND, unsafe(export = "ndis_boundary_cancel_send"))]
fn exported(_adapter: &Object, _id: CancelId) {
    called();
}

#[test]
fn an_exported_entry_is_called_by_its_symbol() {
    unsafe extern "system" {
        fn ndis_boundary_cancel_send(adapter: ndis::sys::NDIS_HANDLE, id: ndis::sys::PVOID);
    }
    let context = context();
    // SAFETY: a context of the function's type.
    unreported(|| unsafe { ndis_boundary_cancel_send(context.as_raw(), null_mut()) });
    assert_eq!(CALLED.take(), 1);
}

/// The driver in another crate's types: a block of memory, an adapter and a filter module.
mod foreign {
    use super::*;

    pub struct Block {
        _tracked: Tracked,
        pages: Pages,
    }

    pub struct Pages;

    // SAFETY: nobody uses the addresses, in these tests.
    unsafe impl SharedMemory for Pages {
        fn virtual_address(&self) -> NonNull<u8> {
            NonNull::new(without_provenance_mut(0x7000_0000)).unwrap()
        }

        fn length(&self) -> usize {
            0x1000
        }

        fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
            [PhysicalRun { address: 0x1000, length: 0x1000 }].into_iter()
        }
    }

    #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, types = crate::bindings, abi = "C")]
    pub fn allocate(_pool: &Object, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
        let block = Handle::new(Block { _tracked: Tracked::new(1), pages: Pages })?;
        request.fill(&block, |block| &block.pages)?;
        Ok(block)
    }

    #[ndis_callback(FREE_SHARED_MEMORY_HANDLER, types = crate::bindings, abi = "C")]
    pub fn free(_pool: &Object, block: Handle<Block>) {
        drop(block);
    }

    #[ndis_callback(MINIPORT_HALT, types = crate::bindings, abi = "C")]
    pub fn halt(_adapter: &Object, action: HaltAction) {
        assert_eq!(action, HaltAction::SurpriseRemoved);
    }

    #[ndis_callback(FILTER_PAUSE, types = crate::bindings, abi = "C")]
    pub fn pause(_module: &Object, pause: FilterPause<'_>) -> Answered {
        assert_eq!(pause.reason(), 3);
        pause.pend().1
    }
}

/// The entries go into the bindings' own tables, and work through them.
#[test]
fn entries_in_the_types_of_other_bindings() {
    use bindings::*;
    let table = _NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
        AllocateSharedMemoryHandler: Some(foreign::allocate::entry),
        FreeSharedMemoryHandler: Some(foreign::free::entry),
    };
    let (halt, pause): (MINIPORT_HALT, FILTER_PAUSE) = (Some(foreign::halt::entry), Some(foreign::pause::entry));
    let mut list = [0_u64; 5];
    let mut parameters = NDIS_SHARED_MEMORY_PARAMETERS::new(0x1000, list.as_mut_ptr().cast(), size_of_val(&list));
    let (pool, mut handle) = (context(), null_mut());
    // SAFETY: memory and a context as NDIS passes them.
    let status = unreported(|| unsafe {
        table.AllocateSharedMemoryHandler.unwrap()(pool.as_raw(), &mut parameters, &mut handle)
    });
    assert_eq!((status, parameters.SharedMemoryHandle, list[0] as u32), (0, handle, 1));
    assert_eq!((live(), parameters.VirtualAddress.addr()), (2, 0x7000_0000));
    // SAFETY: the handle that was made.
    unreported(|| unsafe { table.FreeSharedMemoryHandler.unwrap()(pool.as_raw(), handle) });
    assert_eq!(live(), 1);
    // SAFETY: NULL parameters are what the entry notices.
    let (status, breaches) = kinds(|| unsafe { foreign::allocate::entry(pool.as_raw(), null_mut(), &mut handle) });
    assert_eq!((status.cast_unsigned(), breaches), (0xC000_000D, vec![BreachKind::NullPointer]));

    // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
    unsafe { pool.set_ndis_handle(ndis_handle(0xF11)) };
    let mut parameters = NDIS_FILTER_PAUSE_PARAMETERS::new(3);
    // SAFETY: parameters and a context as NDIS passes them.
    let status = unreported(|| unsafe { pause.unwrap()(pool.as_raw(), &mut parameters) });
    assert_eq!(NdisStatus::from_raw(status), NdisStatus::PENDING);
    assert_eq!(calls(), [Called::PauseComplete { module: ndis_handle(0xF11) }]);

    // SAFETY: the context ends with this call.
    unreported(|| unsafe { halt.unwrap()(pool.into_raw(), _NDIS_HALT_ACTION_NdisHaltDeviceSurpriseRemoved) });
    assert_eq!(live(), 0);
}
