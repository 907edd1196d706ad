//! What happens after the function: what ends with success, and what is reported and answered when the call went wrong.

use core::ptr::null_mut;

use crate::boundary::call::{Call, EntryState};
use crate::boundary::callback::{Answer, Callback};
use crate::contract::breach::BreachKind;
use crate::contract::irql::Irql;
use crate::stop::bugcheck;
use crate::stop::panic::{self, CallSite, PanicAt, Site};
use crate::stop::report::report;
use crate::value::block::Header;

/// The catalogue's answer to a call that was refused.
pub(crate) fn answer_to<K: Callback>(kind: BreachKind) -> Answer<K::Return> {
    match kind {
        BreachKind::Poisoned => K::ANSWERS.poisoned,
        BreachKind::Irql { .. }
        | BreachKind::IrqlChanged { .. }
        | BreachKind::IllegalStatus(_)
        | BreachKind::NotFilled
        | BreachKind::NotMade
        | BreachKind::NotAnswered => K::ANSWERS.failed,
        BreachKind::NullContext
        | BreachKind::MisalignedContext
        | BreachKind::ForeignContext
        | BreachKind::NullPointer
        | BreachKind::MisalignedPointer
        | BreachKind::ObjectType { .. }
        | BreachKind::ObjectSize { .. }
        | BreachKind::NoNdisHandle => K::ANSWERS.bad_argument,
        // None of these refuses a call.
        BreachKind::Panicked
        | BreachKind::PanickedTwice
        | BreachKind::NotGivenBack
        | BreachKind::DroppedRegistration => K::ANSWERS.panicked,
    }
}

/// Reports a panic, and that it changed the IRQL if that is checked. Stops the machine where a panic must.
pub(crate) fn report_panic(callback: &'static str, kind: BreachKind, checks_irql: bool, entry: EntryState) {
    report(callback, kind);
    let exit = Irql::current();
    if checks_irql && entry.irql != exit {
        let changed = BreachKind::IrqlChanged { entry: entry.irql, exit };
        report(callback, changed);
        if cfg!(feature = "panic-unwind") {
            // Whatever is to lower the level again was lost with the function's frames.
            bugcheck::stop(callback, changed);
        }
    }
    if entry.policy.panics_are_fatal() || kind == BreachKind::PanickedTwice {
        bugcheck::stop(callback, kind);
    }
}

/// Runs what ends with a failed call: destructors of the driver's. A panic of theirs is the second and stops the machine.
pub(crate) fn clean_up<T>(fatal: &'static Site, body: impl FnOnce() -> T) -> T {
    match panic::boundary(CallSite::new(fatal, null_mut()), body) {
        Ok(value) => value,
        Err(caught) => {
            caught.discard();
            bugcheck::stop(fatal.callback, BreachKind::PanickedTwice)
        }
    }
}

/// Ends the context that ends with success, when NDIS gets that now. It does even if the driver's destructor panics: the
/// context is gone.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn succeed<K: Callback>(call: &Call<K>) {
    if K::PLAIN {
        return;
    }
    let Some(ended) = call.state.end() else { return };
    let site = const { &Site { callback: K::NAME, panic: PanicAt::IsContained } };
    // SAFETY: NDIS gives the context up with the success it gets, and the function has returned.
    if let Err(caught) = panic::boundary(CallSite::new(site, null_mut()), || unsafe { Header::free(ended) }) {
        caught.discard();
        report_panic(K::NAME, BreachKind::Panicked, call.state.checks_irql(), call.state.entry());
    }
}

/// What NDIS gets; where no answer is legal, the machine stops.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn deliver<R: Copy>(callback: &'static str, committed: Option<R>, answer: Answer<R>, kind: BreachKind) -> R {
    match (committed, answer) {
        (Some(value), _) | (None, Answer::Return(value)) => value,
        (None, Answer::Run | Answer::Fatal) => bugcheck::stop(callback, kind),
    }
}
