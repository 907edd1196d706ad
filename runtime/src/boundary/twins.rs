//! What happens to a call that went wrong, where everything is compiled per callback: `refused` and `panicked`, each with a
//! twin for simple callbacks. (A development build has `erased.rs` instead.)

use core::ptr::NonNull;

use crate::boundary::aftermath::{answer_to, clean_up, deliver, report_panic};
use crate::boundary::call::{Call, EntryState, RawCall, Scratch};
use crate::boundary::callback::{Answer, Callback};
use crate::contract::breach::BreachKind;
use crate::stop::panic::{CallSite, Caught, PanicAt, Site};
use crate::stop::report::report;
use crate::value::block::Header;

/// Whether nothing but the kind of a breach, the one lent context and the IRQL matters to a call that went wrong: nothing is to
/// be settled, nothing was switched off by an argument, the answer is a constant.
pub(crate) const fn is_simple<K: Callback>() -> bool {
    K::PLAIN
        && K::LENDS <= 1
        && !<K::Scratch as Scratch<K::Return>>::COMMITS
        && !matches!(K::ANSWERS.poisoned, Answer::Run)
}

impl<K: Callback> RawCall<K> {
    /// What a panic handler has to know of the call.
    #[inline(always)]
    pub(crate) fn site(&self) -> CallSite {
        let site = if self.policy.panics_are_fatal() {
            const { &Site { callback: K::NAME, panic: PanicAt::IsFatal } }
        } else {
            const { &Site { callback: K::NAME, panic: panic_at::<K>() } }
        };
        CallSite::new(site, K::context(self.raw))
    }
}

/// What a panic does, where panics can be contained and the driver's author leaves it to the catalogue.
const fn panic_at<K: Callback>() -> PanicAt {
    match K::ANSWERS.panicked {
        _ if cfg!(feature = "panic-unwind") && !is_simple::<K>() => PanicAt::Depends(must_stop::<K>),
        Answer::Fatal => PanicAt::IsFatal,
        _ => PanicAt::IsContained,
    }
}

/// Whether a panic here stops the machine. It does if the context was poisoned before. It also does if no answer is
/// legal, none was given, and the machine is not stopping yet.
///
/// # Safety
///
/// `call` is a running `Call<K>`.
unsafe fn must_stop<K: Callback>(call: NonNull<()>) -> bool {
    // SAFETY: guaranteed by the caller.
    let call = unsafe { call.cast::<Call<K>>().as_ref() };
    let has_answer = !matches!(K::ANSWERS.panicked, Answer::Fatal)
        || call.scratch().committed_answer().is_some()
        || call.state.is_unchecked();
    call.state.runs_poisoned() || !has_answer
}

/// [`refused`] for a callback of which nothing is settled.
///
/// `extern "C"` as [`panicked_simple`] is: the entry sees that nothing unwinds from here.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions, reason = "Rust calls it")]
pub(crate) extern "C" fn refused_simple<K: Callback>(kind: BreachKind, scratch: &K::Scratch) -> K::Return {
    scratch.forget();
    report(K::NAME, kind);
    deliver(K::NAME, None, answer_to::<K>(kind), kind)
}

/// Answers NDIS for a function that did not run, or whose result could not be delivered.
///
/// # Safety
///
/// NDIS passed the call's arguments; the function did not get what is settled, or the call has noted that it did.
#[cold]
#[inline(never)]
pub(crate) unsafe fn refused<K: Callback>(call: &Call<K>, kind: BreachKind) -> K::Return {
    if !call.state.is_unchecked() {
        report(K::NAME, kind);
    }
    // SAFETY: guaranteed by the caller.
    unsafe { K::settle(call.raw, &call.state) };
    deliver(K::NAME, end_failed(call), answer_to::<K>(kind), kind)
}

/// [`panicked`] for a callback of which nothing is settled.
///
/// # Safety
///
/// The context was lent to the function in this call.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions, reason = "Rust calls it")]
pub(crate) unsafe extern "C" fn panicked_simple<K: Callback>(
    caught: Caught,
    lent: Option<NonNull<Header>>,
    entry: EntryState,
    scratch: &K::Scratch,
) -> K::Return {
    caught.discard();
    scratch.forget();
    if let Some(header) = lent {
        // SAFETY: guaranteed by the caller.
        unsafe { header.as_ref() }.poison();
    }
    report_panic(K::NAME, BreachKind::Panicked, entry.policy.checks_irql(), entry);
    deliver(K::NAME, None, K::ANSWERS.panicked, BreachKind::Panicked)
}

/// Answers NDIS for a function that panicked.
///
/// # Safety
///
/// As for [`refused`].
#[cold]
#[inline(never)]
pub(crate) unsafe fn panicked<K: Callback>(call: &Call<K>, caught: Caught) -> K::Return {
    caught.discard();
    let kind = if call.state.poison() { BreachKind::PanickedTwice } else { BreachKind::Panicked };
    if call.state.is_unchecked() {
        // The machine is stopping already; nothing may stop it twice.
        return deliver(K::NAME, end_failed(call), K::ANSWERS.panicked, kind);
    }
    report_panic(K::NAME, kind, call.checks_irql(), call.state.entry());
    // SAFETY: guaranteed by the caller.
    unsafe { K::settle(call.raw, &call.state) };
    deliver(K::NAME, end_failed(call), K::ANSWERS.panicked, kind)
}

/// Forgets what the function staged. Returns what NDIS gets in any case, once the function has ended: that something is
/// pending.
fn end_failed<K: Callback>(call: &Call<K>) -> Option<K::Return> {
    if const { !<K::Scratch as Scratch<K::Return>>::COMMITS } {
        call.scratch().forget();
        return None;
    }
    clean_up(const { &Site { callback: K::NAME, panic: PanicAt::IsFatal } }, || {
        call.scratch().forget();
        let committed = call.scratch().committed_answer();
        if committed.is_some() {
            call.state.succeed_later();
        }
        committed
    })
}

#[cfg(test)]
mod tests {
    use core::ptr::null_mut;

    use super::*;
    use crate::boundary::call::State;
    use crate::boundary::operation::{OperationScratch, Progress};
    use crate::callback::{FILTER_PAUSE, FREE_SHARED_MEMORY_HANDLER};

    /// A call of `K`.
    ///
    /// # Safety
    ///
    /// `scratch` outlives it.
    unsafe fn call<K: Callback>(raw: K::Raw, scratch: &K::Scratch) -> Call<K> {
        let raw = RawCall::new(raw);
        let state = State::new(EntryState::now(K::IRQL, raw.policy));
        // SAFETY: guaranteed by the caller.
        unsafe { Call::new(&raw, state, scratch) }
    }

    /// Whether a panic in the call stops the machine.
    fn stops<K: Callback>(call: &Call<K>) -> bool {
        // SAFETY: it is a call of that callback.
        unsafe { must_stop::<K>(NonNull::from(call).cast()) }
    }

    #[test]
    fn a_fatal_callback_that_pended_has_answered() {
        let scratch = OperationScratch::default();
        // SAFETY: the scratch is declared before it.
        let call = unsafe { call::<FILTER_PAUSE>((null_mut(), null_mut()), &scratch) };
        assert!(stops(&call));
        scratch.set(Progress::Done);
        assert!(stops(&call));
        scratch.set(Progress::Pended);
        assert!(!stops(&call));
        call.state.run_poisoned();
        assert!(stops(&call));
    }

    #[test]
    fn a_panic_on_a_poisoned_context_stops() {
        // SAFETY: the scratch is one for ever.
        let call = unsafe { call::<FREE_SHARED_MEMORY_HANDLER>((null_mut(), null_mut()), &()) };
        assert!(!stops(&call));
        call.state.run_poisoned();
        assert!(stops(&call));
    }
}
