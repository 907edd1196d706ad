//! A function that takes its context as `ContextRef` sees the value, and whether an earlier panic poisoned it.

mod common;

use std::sync::Mutex;

use common::{Tracked, expected_panic, kinds, live, ndis_handle, unreported};
use ndis::prelude::*;
use ndis::sys::NdisHaltDeviceStopped;
use ndis::{BreachKind, CancelId, ContextRef, HaltAction};

#[derive(Debug)]
struct Adapter {
    seen: Mutex<Vec<bool>>,
    _tracked: Tracked,
}

fn adapter() -> Context<Adapter> {
    Context::new(Adapter { seen: Mutex::new(Vec::new()), _tracked: Tracked::new(1) }).unwrap()
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(adapter: ContextRef<'_, Adapter>, block: Handle<Tracked>) {
    adapter.seen.lock().unwrap().push(adapter.is_poisoned());
    drop(block);
}

#[ndis_callback(MINIPORT_CANCEL_SEND)]
fn cancel_send(_adapter: &Adapter, _id: CancelId) {
    expected_panic();
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(adapter: ContextRef<'_, Adapter>) -> bool {
    adapter.seen.lock().unwrap().is_empty()
}

#[ndis_callback(MINIPORT_HALT)]
fn halt(adapter: ContextRef<'_, Adapter>, _action: HaltAction) {
    assert_eq!(format!("{adapter:?}").split(' ').next(), Some("ContextRef(Adapter"));
    assert_eq!(*adapter.seen.lock().unwrap(), [false, true]);
}

#[test]
fn a_callback_that_runs_on_a_poisoned_context_sees_that_it_is() {
    let context = adapter();
    let raw = context.as_raw();
    let block = || Handle::new(Tracked::new(2)).unwrap().into_raw();
    // SAFETY: contexts and blocks of the functions' types, each block given back once.
    unsafe {
        assert_eq!(unreported(|| hangs::entry(raw)), 1);
        unreported(|| free::entry(raw, block()));
        assert_eq!(unreported(|| hangs::entry(raw)), 0);
        assert_eq!(kinds(|| cancel_send::entry(raw, ndis_handle(1))), ((), vec![BreachKind::Panicked]));
        unreported(|| free::entry(raw, block()));
        // What does not run on a poisoned context does not run this way either.
        assert_eq!(kinds(|| hangs::entry(raw)), (0, vec![BreachKind::Poisoned]));
    }
    assert_eq!(live(), 1, "both blocks are dropped");
    // SAFETY: the context is the entry's from here on.
    unreported(|| unsafe { halt::entry(context.into_raw(), NdisHaltDeviceStopped) });
    assert_eq!(live(), 0, "the context is dropped when the function has returned");
}
