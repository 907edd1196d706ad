//! The trampoline: the one way from a C entry point into a driver's function and back.

use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use crate::breach::{self, BreachKind};
use crate::bugcheck;
use crate::call::{Begun, Call, Entered, Refused, Stage};
use crate::callback::{Answer, Callback};
use crate::cell::Header;
use crate::irql::Irql;
use crate::panic::{self, Caught, PanicAt, Running, Site};

/// What C gets, if it can be delivered.
type Delivered<K> = Result<<K as Callback>::Return, Refused>;

/// The entries' way in, by the number of arguments the function takes.
///
/// A build with debug assertions has one of these for all functions of the same types, and what receives and delivers
/// once per type, so that entries are compiled fast. Other builds write it all into every entry, so that a call costs
/// what it costs by hand; what is rarely needed is in `#[cold]` functions, one of each per callback. Those of most
/// callbacks get single values, since what they got a pointer to could not stay in registers (see
/// `docs/performance.md`).
macro_rules! enter {
    ($($name:ident($($receive:ident: $argument:ident),*);)*) => {
        impl<K: Callback> Entered<K> {
            $(
                /// Runs the call: makes the out parameters ready, checks the IRQL, receives the arguments in their order,
                /// calls the function and delivers its result, and answers NDIS as the catalogue says when that went
                /// wrong.
                ///
                /// # Safety
                ///
                /// NDIS called an entry point of `K` with the arguments this call was made from. Each is received once, in
                /// its place, as what the catalogue says; `finish` delivers to the places of the out parameters. `self`
                /// does not outlive that entry point.
                #[cfg_attr(debug_assertions, inline(never))]
                #[cfg_attr(not(debug_assertions), inline(always))]
                pub unsafe fn $name<'c, $($argument,)* R>(
                    &'c self,
                    #[cfg(debug_assertions)] function: fn($($argument),*) -> R,
                    #[cfg(not(debug_assertions))] function: impl FnOnce($($argument),*) -> R,
                    $($receive: fn(&'c Call<K>) -> Result<$argument, Refused>,)*
                    finish: fn(R, &Call<K>) -> Delivered<K>,
                ) -> K::Return {
                    let body = |call: &Call<K>| {
                        // SAFETY: all that is borrowed for `'c` goes to the function, and with its result to `finish`, before
                        // the call ends. Neither keeps it, since `'c` ends within the entry point.
                        let call: &'c Call<K> = unsafe { NonNull::from(call).as_ref() };
                        finish(function($($receive(call)?),*), call)
                    };
                    // SAFETY: by the caller's word.
                    unsafe { self.run(body) }
                }
            )*
        }
    };
}

enter! {
    enter0();
    enter1(a: A);
    enter2(a: A, b: B);
    enter3(a: A, b: B, c: C);
    enter4(a: A, b: B, c: C, d: D);
}

impl<K: Callback> Entered<K> {
    /// # Safety
    ///
    /// As for `enter0`, with what `body` receives and delivers.
    #[inline(always)]
    unsafe fn run(&self, body: impl FnOnce(&Call<K>) -> Delivered<K>) -> K::Return {
        let running = self.running();
        // Empty again when the function's result was delivered: then nothing is to be dropped.
        let stage = ManuallyDrop::new(K::Stage::default());
        // SAFETY: the stage is declared before the call, which stays here.
        let call = unsafe { Call::<K>::new(self, &stage) };
        let running = if const { is_plain::<K>() } { running } else { running.with(&call) };
        let outcome = panic::boundary(running, || {
            // SAFETY: these are the arguments NDIS passed.
            let result = unsafe { K::prepare(call.raw, &call.state) }
                .map_err(Refused::from)
                .and_then(|()| call.check_irql())
                .and_then(|()| body(&call));
            match result {
                Ok(value) => Ok(value),
                // Already here, so that the good way has no result to ask about.
                Err(refused) if const { is_plain::<K>() } => Ok(refuse_plain::<K>(refused.kind(), &stage)),
                Err(refused) => Err(refused),
            }
        });
        match outcome {
            Ok(Ok(value)) => value,
            // SAFETY: as above; a refused call did not get what `refuse` settles, or has noted that it did.
            Ok(Err(refused)) => unsafe { refuse(&call, refused.kind()) },
            Err(caught) if const { is_plain::<K>() } => {
                let [first, second] = call.state.lent();
                // SAFETY: these contexts were lent to the function in this call.
                unsafe { contain_plain::<K>(caught, first, second, call.begun(), &stage) }
            }
            // SAFETY: as above.
            Err(caught) => unsafe { contain(&call, caught) },
        }
    }
}

impl<K: Callback> Entered<K> {
    /// What a panic handler has to know of the call.
    #[inline(always)]
    fn running(&self) -> Running {
        let site = if self.policy.panics_are_fatal() {
            const { &Site { callback: K::NAME, panic: PanicAt::IsFatal } }
        } else {
            const { &Site { callback: K::NAME, panic: panic_at::<K>() } }
        };
        Running::new(site, K::context(self.raw))
    }
}

/// What a panic does, where panics can be contained and the driver's author leaves it to the catalogue.
const fn panic_at<K: Callback>() -> PanicAt {
    match K::PANICKED {
        _ if cfg!(feature = "panic-unwind") && !is_plain::<K>() => PanicAt::Depends(must_stop::<K>),
        Answer::Fatal => PanicAt::IsFatal,
        _ => PanicAt::IsContained,
    }
}

/// Whether a panic in this call stops the machine: where no answer is legal, unless one was given already, or the machine
/// is stopping; and when an earlier panic poisoned what the function works on.
///
/// # Safety
///
/// `call` is a running `Call<K>`.
unsafe fn must_stop<K: Callback>(call: NonNull<()>) -> bool {
    // SAFETY: by the caller's word.
    let call = unsafe { call.cast::<Call<K>>().as_ref() };
    let has_answer =
        !matches!(K::PANICKED, Answer::Fatal) || call.stage().forced().is_some() || call.state.is_unchecked();
    call.state.runs_poisoned() || !has_answer
}

/// Nothing but the kind of a breach, the lent contexts and the IRQL matters to a call that went wrong: nothing is to be
/// settled, nothing was switched off by an argument, the answer is a constant.
const fn is_plain<K: Callback>() -> bool {
    K::PLAIN && !<K::Stage as Stage<K::Return>>::FORCES && !matches!(K::POISONED, Answer::Run)
}

/// [`refuse`] for most callbacks.
///
/// `extern "C"` as [`contain_plain`] is: the entry sees that nothing unwinds from here.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions, reason = "Rust calls it")]
extern "C" fn refuse_plain<K: Callback>(kind: BreachKind, stage: &K::Stage) -> K::Return {
    stage.forget();
    breach::report(K::NAME, kind);
    deliver::<K>(None, refusal::<K>(kind), kind)
}

/// Answers NDIS for a function that did not run, or whose result could not be delivered.
#[cold]
#[inline(never)]
unsafe fn refuse<K: Callback>(call: &Call<K>, kind: BreachKind) -> K::Return {
    if !call.state.is_unchecked() {
        breach::report(K::NAME, kind);
    }
    // SAFETY: these are the arguments NDIS passed, and the function did not get them or noted that it did.
    unsafe { K::refuse(call.raw, &call.state) };
    call.stage().forget();
    deliver::<K>(call.stage().forced(), refusal::<K>(kind), kind)
}

fn refusal<K: Callback>(kind: BreachKind) -> Answer<K::Return> {
    match kind {
        BreachKind::Poisoned => K::POISONED,
        BreachKind::Irql { .. }
        | BreachKind::IrqlChanged { .. }
        | BreachKind::IllegalStatus(_)
        | BreachKind::NotFilled
        | BreachKind::NotAnswered => K::FAILED,
        _ => K::REFUSED,
    }
}

/// [`contain`] for most callbacks.
///
/// # Safety
///
/// The contexts were lent to the function in this call.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions, reason = "Rust calls it")]
unsafe extern "C" fn contain_plain<K: Callback>(
    caught: Caught,
    first: Option<NonNull<Header>>,
    second: Option<NonNull<Header>>,
    begun: Begun,
    stage: &K::Stage,
) -> K::Return {
    caught.discard();
    stage.forget();
    for header in [first, second].into_iter().flatten() {
        // SAFETY: by the caller's word.
        unsafe { header.as_ref() }.poison();
    }
    report_panic::<K>(BreachKind::Panicked, begun.policy.checks_irql(), begun);
    deliver::<K>(None, K::PANICKED, BreachKind::Panicked)
}

/// Answers NDIS for a function that panicked.
#[cold]
#[inline(never)]
unsafe fn contain<K: Callback>(call: &Call<K>, caught: Caught) -> K::Return {
    caught.discard();
    call.stage().forget();
    let kind = if call.state.poison() { BreachKind::PanickedTwice } else { BreachKind::Panicked };
    if call.state.is_unchecked() {
        // The machine is stopping already; nothing may stop it twice.
        return deliver::<K>(call.stage().forced(), K::PANICKED, kind);
    }
    report_panic::<K>(kind, call.checks_irql(), call.state.begun());
    // SAFETY: as in `refuse`.
    unsafe { K::refuse(call.raw, &call.state) };
    deliver::<K>(call.stage().forced(), K::PANICKED, kind)
}

/// Reports a panic, and that it changed the IRQL if that is checked.
fn report_panic<K: Callback>(kind: BreachKind, checks_irql: bool, begun: Begun) {
    breach::report(K::NAME, kind);
    let exit = Irql::current();
    if checks_irql && begun.irql != exit {
        let changed = BreachKind::IrqlChanged { entry: begun.irql, exit };
        breach::report(K::NAME, changed);
        if cfg!(feature = "panic-unwind") {
            // Whatever is to lower the level again was lost with the function's frames.
            bugcheck::stop(K::NAME, changed);
        }
    }
    if begun.policy.panics_are_fatal() || kind == BreachKind::PanickedTwice {
        bugcheck::stop(K::NAME, kind);
    }
}

fn deliver<K: Callback>(forced: Option<K::Return>, answer: Answer<K::Return>, kind: BreachKind) -> K::Return {
    match (forced, answer) {
        (Some(value), _) | (None, Answer::Return(value)) => value,
        (None, Answer::Run | Answer::Fatal) => bugcheck::stop(K::NAME, kind),
    }
}

#[cfg(test)]
mod tests {
    use core::ptr::null_mut;

    use super::*;
    use crate::callback::{FILTER_PAUSE, FREE_SHARED_MEMORY_HANDLER};
    use crate::operation::{OperationStage, Progress};

    #[test]
    fn a_fatal_callback_that_pended_has_answered() {
        let stage = OperationStage::default();
        // SAFETY: the stage outlives the call.
        let call = unsafe { Call::new(&FILTER_PAUSE::call((null_mut(), null_mut())), &stage) };
        // SAFETY: it is a call of that callback.
        let must_stop = || unsafe { must_stop::<FILTER_PAUSE>(NonNull::from(&call).cast()) };
        assert!(must_stop());
        stage.set(Progress::Done);
        assert!(must_stop());
        stage.set(Progress::Pended);
        assert!(!must_stop());
        call.state.run_poisoned();
        assert!(must_stop());
    }

    #[test]
    fn a_panic_on_a_poisoned_context_stops() {
        // SAFETY: the stage outlives the call.
        let call = unsafe { Call::new(&FREE_SHARED_MEMORY_HANDLER::call((null_mut(), null_mut())), &()) };
        // SAFETY: it is a call of that callback.
        let must_stop = || unsafe { must_stop::<FREE_SHARED_MEMORY_HANDLER>(NonNull::from(&call).cast()) };
        assert!(!must_stop());
        call.state.run_poisoned();
        assert!(must_stop());
    }
}
