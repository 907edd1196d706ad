//! Who is told of breaches.

use core::sync::atomic::{AtomicPtr, Ordering};

use crate::contract::breach::{Breach, BreachKind};

/// Who is told of breaches; see [`set_hook`].
pub type Hook = fn(&Breach);

static HOOK: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

/// Sets who is told of every breach, in place of the default.
///
/// The hook runs inside the callback, at its IRQL (up to HIGH_LEVEL), and must not panic. Without a hook a `std` build
/// prints to standard error; a kernel build prints to the kernel debugger and, when it has debug assertions, stops the
/// machine ([`bugcheck`](crate::stop::bugcheck)), except for a contained panic and the calls refused because of one. Whatever
/// the hook does, NDIS gets the answer of the catalogue.
pub fn set_hook(hook: Hook) {
    HOOK.store(hook as *mut (), Ordering::Release);
}

#[cold]
pub(crate) fn report(callback: &'static str, kind: BreachKind) {
    let breach = Breach { callback, kind };
    let hook = HOOK.load(Ordering::Acquire);
    if hook.is_null() {
        return by_default(&breach);
    }
    // SAFETY: a non-null value was stored by `set_hook` only, from a `Hook`.
    let hook = unsafe { core::mem::transmute::<*mut (), Hook>(hook) };
    hook(&breach);
}

#[cfg(feature = "std")]
fn by_default(breach: &Breach) {
    use std::io::Write;

    // A standard error that is closed is no reason to panic here.
    let _ = std::writeln!(std::io::stderr(), "ndis: {breach}");
}

#[cfg(not(feature = "std"))]
fn by_default(breach: &Breach) {
    // After a panic that was contained, the answers of the catalogue are what was asked for.
    if cfg!(debug_assertions) && !matches!(breach.kind, BreachKind::Panicked | BreachKind::Poisoned) {
        super::bugcheck::stop(breach.callback, breach.kind);
    }
    #[cfg(windows)]
    super::print::print(format_args!("{breach}"));
}
