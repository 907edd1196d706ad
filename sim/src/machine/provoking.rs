//! Whether a thread makes a call that is wrong on purpose.

use std::cell::Cell;

thread_local! {
    static PROVOKING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread makes a call with a fault.
pub(crate) fn is_provoking() -> bool {
    PROVOKING.get()
}

/// Runs a call that has a fault if `provoking` says so.
pub(crate) fn provoke<R>(provoking: bool, call: impl FnOnce() -> R) -> R {
    let before = PROVOKING.replace(provoking);
    let value = call();
    PROVOKING.set(before);
    value
}
