//! The machine itself, and how handles and threads lead to it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};

use crate::known::handle::{Handle, Kind};
use crate::known::state::State;
use crate::machine::provoking;
use crate::memory::supply::Supply;
use crate::report::{Breach, Rule};

/// What handles and threads refer to.
#[derive(Default)]
pub(crate) struct Inner {
    state: Mutex<State>,
    supply: Mutex<Supply>,
    /// A provider's call has ended.
    pub(crate) call_ended: Condvar,
}

/// The machines of the live handles.
static OWNERS: Mutex<BTreeMap<Handle, Weak<Inner>>> = Mutex::new(BTreeMap::new());

fn owners() -> MutexGuard<'static, BTreeMap<Handle, Weak<Inner>>> {
    OWNERS.lock().unwrap_or_else(PoisonError::into_inner)
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Inner>>> = const { RefCell::new(None) };
}

/// The machine that this thread is in.
pub(crate) fn current() -> Option<Arc<Inner>> {
    CURRENT.with_borrow(Clone::clone)
}

/// The machine of a live handle.
pub(crate) fn owner(handle: Handle) -> Option<Arc<Inner>> {
    owners().get(&handle).and_then(Weak::upgrade)
}

/// Reports a breach to the machine that this thread is in.
pub(crate) fn breach_here(rule: Rule, place: &'static str, text: String) {
    match current() {
        Some(machine) => machine.breach(rule, place, text),
        None => eprintln!("ndis-sim: outside every machine: {place}: {text}"),
    }
}

impl Inner {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn supply(&self) -> MutexGuard<'_, Supply> {
        self.supply.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn breach(&self, rule: Rule, place: &'static str, text: String) {
        let provoked = matches!(rule, Rule::Entry(_)) && provoking::is_provoking();
        self.state().report.breaches.push(Breach { rule, place, text, provoked });
    }

    /// Gives out a new handle.
    pub(crate) fn issue(self: &Arc<Self>, kind: Kind) -> Handle {
        let handle = Handle::new(kind);
        owners().insert(handle, Arc::downgrade(self));
        handle
    }

    /// Ends a handle.
    pub(crate) fn end(&self, handle: Handle) {
        owners().remove(&handle);
    }

    /// Runs `body` with this thread in the machine.
    pub(crate) fn enter<R>(self: &Arc<Self>, body: impl FnOnce() -> R) -> R {
        struct Leave(Option<Arc<Inner>>);
        impl Drop for Leave {
            fn drop(&mut self) {
                // What is dropped here may be the last of a machine, whose drivers look for theirs.
                drop(CURRENT.replace(self.0.take()));
            }
        }
        let _leave = Leave(CURRENT.replace(Some(Arc::clone(self))));
        body()
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner").finish_non_exhaustive()
    }
}

impl Drop for Inner {
    /// Forgets the handles of machines that are gone.
    fn drop(&mut self) {
        owners().retain(|_, owner| owner.strong_count() > 0);
    }
}
