//! A call in a development build: one function for all callbacks with the same C return type, compiled once in this crate
//! and not in each driver. What differs comes as values: the [`Facts`] of the callback, and pointers to the call's parts.
//!
//! What is left to compile per callback is kept short: without optimization each call of a small function, such as a
//! pointer's `cast` or `?`, is one more function to make.

use core::mem::{self, ManuallyDrop};
use core::ptr::NonNull;

use crate::boundary::aftermath::{answer_to, clean_up, deliver, report_panic};
use crate::boundary::call::{Call, RawCall, Refusal, Scratch, State};
use crate::boundary::callback::{Answer, Callback};
use crate::boundary::outcome::{Delivered, Finished};
use crate::contract::breach::BreachKind;
use crate::contract::irql::{Irql, IrqlRange};
use crate::stop::panic::{self, CallSite, PanicAt, Site};
use crate::stop::report::report;
use crate::sys::NDIS_HANDLE;

/// What [`run`] knows of a callback. Its functions are given the C arguments and the scratch of a call.
#[derive(Debug)]
pub struct Facts<R: 'static> {
    pub(crate) name: &'static str,
    pub(crate) irql: IrqlRange,
    pub(crate) refused: fn(BreachKind) -> Answer<R>,
    pub(crate) panicked: Answer<R>,
    pub(crate) contained: Site,
    pub(crate) fatal: Site,
    pub(crate) context: unsafe fn(*const ()) -> NDIS_HANDLE,
    pub(crate) prepare: unsafe fn(*const (), &State) -> Result<(), BreachKind>,
    pub(crate) settle: unsafe fn(*const (), &State),
    pub(crate) committed_answer: unsafe fn(*const ()) -> Option<R>,
    pub(crate) forget: unsafe fn(*const ()),
}

impl<R: Copy + 'static> Facts<R> {
    /// The facts of `K`.
    pub(crate) const fn of<K: Callback<Return = R>>() -> Facts<R> {
        /// # Safety
        ///
        /// `raw` are C arguments of `K`.
        unsafe fn arguments<K: Callback>(raw: *const ()) -> K::Raw {
            // SAFETY: guaranteed by the caller.
            unsafe { raw.cast::<K::Raw>().read() }
        }

        Facts {
            name: K::NAME,
            irql: K::IRQL,
            refused: answer_to::<K>,
            panicked: K::ANSWERS.panicked,
            contained: Site { callback: K::NAME, panic: panic_at::<R>(K::ANSWERS.panicked) },
            fatal: Site { callback: K::NAME, panic: PanicAt::IsFatal },
            // SAFETY: guaranteed by the caller, here and below.
            context: |raw| K::context(unsafe { arguments::<K>(raw) }),
            // SAFETY: as above.
            prepare: |raw, state| unsafe { K::prepare(arguments::<K>(raw), state) },
            // SAFETY: as above.
            settle: |raw, state| unsafe { K::settle(arguments::<K>(raw), state) },
            // SAFETY: the caller gives the scratch of a call of `K`, here and below.
            committed_answer: |scratch| unsafe { &*scratch.cast::<K::Scratch>() }.committed_answer(),
            // SAFETY: as above.
            forget: |scratch| unsafe { &*scratch.cast::<K::Scratch>() }.forget(),
        }
    }
}

/// A call whose types are forgotten, but for what C gets.
#[derive(Debug)]
pub(crate) struct Erased<'a, R: 'static> {
    facts: &'static Facts<R>,
    raw: *const (),
    scratch: *const (),
    state: &'a State,
}

/// What receives the arguments, calls the function and delivers its result: `run`, given the other two.
struct Body<R> {
    run: unsafe fn(*const (), *const ()) -> Result<Delivered<R>, Refusal>,
    body: *const (),
    call: *const (),
}

impl<R> Erased<'_, R> {
    fn committed_answer(&self) -> Option<R> {
        // SAFETY: it is the scratch of this call.
        unsafe { (self.facts.committed_answer)(self.scratch) }
    }

    /// # Safety
    ///
    /// The function did not get what is settled, or the state says that it did.
    unsafe fn settle(&self) {
        // SAFETY: these are the arguments NDIS passed; the rest is guaranteed by the caller.
        unsafe { (self.facts.settle)(self.raw, self.state) };
    }
}

impl<K: Callback> RawCall<K> {
    /// # Safety
    ///
    /// As for `enter0`, with what `body` receives and delivers.
    pub(crate) unsafe fn run<'c, F>(&'c self, body: F) -> K::Return
    where
        F: Fn(&'c Call<K>) -> Finished<K> + Copy,
    {
        // Empty again when the function's result was delivered: then nothing is to be dropped.
        let scratch = ManuallyDrop::new(<K::Scratch as Default>::default());
        // SAFETY: the scratch is declared before the call, which stays here.
        let call = unsafe { Call::<K>::new(self, State::now(K::FACTS.irql, self.policy), &scratch) };
        let run_body: unsafe fn(&F, &'c Call<K>) -> Finished<K> = run_body::<K, F>;
        let body = Body {
            // SAFETY: a reference is passed as a pointer is.
            run: unsafe {
                mem::transmute::<unsafe fn(&F, &'c Call<K>) -> _, unsafe fn(*const (), *const ()) -> _>(run_body)
            },
            body: &raw const body as *const (),
            call: &raw const call as *const (),
        };
        let erased = Erased {
            facts: K::FACTS,
            raw: &raw const call.raw as *const (),
            scratch: &raw const scratch as *const (),
            state: &call.state,
        };
        // SAFETY: guaranteed by the caller.
        unsafe { run(&erased, &body) }
    }
}

/// Runs the body of a call.
///
/// # Safety
///
/// As for `enter0`, with what `body` receives and delivers. All that is borrowed for `'c` goes to the function, and with its
/// result to `finish`, before the call ends. Neither keeps it, since `'c` ends within the entry point.
unsafe fn run_body<'c, K: Callback, F>(body: &F, call: &'c Call<K>) -> Finished<K>
where
    F: Fn(&'c Call<K>) -> Finished<K>,
{
    body(call)
}

/// What happens in a call, in order.
///
/// # Safety
///
/// As for `enter0`, with what the body receives and delivers. The facts are those of the callback.
#[inline(never)]
unsafe fn run<R: Copy + 'static>(call: &Erased<'_, R>, body: &Body<R>) -> R {
    let Erased { facts, raw, scratch, state } = *call;
    let site = if state.entry().policy.panics_are_fatal() { &facts.fatal } else { &facts.contained };
    // SAFETY: these are the arguments NDIS passed.
    let site = CallSite::new(site, unsafe { (facts.context)(raw) }).with(call);
    let call_body = || {
        // SAFETY: as above.
        unsafe { (facts.prepare)(raw, state) }?;
        if !state.is_unchecked() && !facts.irql.contains(state.entry().irql) {
            return Err(BreachKind::Irql { legal: facts.irql, found: Irql::current() }.into());
        }
        // SAFETY: these are what it takes; the rest is guaranteed by the caller.
        unsafe { (body.run)(body.body, body.call) }
    };
    let result = panic::boundary(site, || {
        call_body().map_err(|refusal: Refusal| {
            let kind = refusal.kind();
            // Inside the boundary: who is told may stop the machine, and the record then has the call.
            if !state.is_unchecked() {
                report(facts.name, kind);
            }
            kind
        })
    });
    let (answer, kind) = match result {
        Ok(Ok(Delivered(value))) => return value,
        Ok(Err(kind)) => {
            // SAFETY: the function did not run, or the state says what it got.
            unsafe { call.settle() };
            ((facts.refused)(kind), kind)
        }
        Err(caught) => {
            caught.discard();
            let kind = if state.poison() { BreachKind::PanickedTwice } else { BreachKind::Panicked };
            // When the checks are off, the machine is stopping already; nothing may stop it twice.
            if !state.is_unchecked() {
                report_panic(facts.name, kind, state.checks_irql(), state.entry());
                // SAFETY: as above.
                unsafe { call.settle() };
            }
            (facts.panicked, kind)
        }
    };
    let committed = clean_up(&facts.fatal, || {
        // SAFETY: it is the scratch of this call.
        unsafe { (facts.forget)(scratch) };
        let committed = call.committed_answer();
        if committed.is_some() {
            // What was answered is that something is pending.
            state.succeed_later();
        }
        committed
    });
    deliver(facts.name, committed, answer, kind)
}

/// [`run`] for one C return type.
type Run<R> = unsafe fn(&Erased<'_, R>, &Body<R>) -> R;

/// Has `run` compiled here, once, and not in each driver.
#[allow(private_interfaces)]
pub static COMPILED_ONCE: (Run<()>, Run<i32>, Run<u8>) = (run::<()>, run::<i32>, run::<u8>);

/// What a panic does, where panics can be contained and the driver's author leaves it to the catalogue.
pub(crate) const fn panic_at<R: Copy + 'static>(panicked: Answer<R>) -> PanicAt {
    match panicked {
        _ if cfg!(feature = "panic-unwind") => PanicAt::Depends(must_stop::<R>),
        Answer::Fatal => PanicAt::IsFatal,
        _ => PanicAt::IsContained,
    }
}

/// Whether a panic here stops the machine. It does if the context was poisoned before. It also does if no answer is
/// legal, none was given, and the machine is not stopping yet.
///
/// # Safety
///
/// `call` is a running `Erased<R>`.
unsafe fn must_stop<R: Copy + 'static>(call: NonNull<()>) -> bool {
    // SAFETY: guaranteed by the caller.
    let call = unsafe { call.cast::<Erased<'_, R>>().as_ref() };
    let has_answer =
        !matches!(call.facts.panicked, Answer::Fatal) || call.committed_answer().is_some() || call.state.is_unchecked();
    call.state.runs_poisoned() || !has_answer
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use core::ptr;

    use super::*;
    use crate::boundary::operation::{OperationScratch, Progress};
    use crate::boundary::policy::Policy;
    use crate::callback::{FILTER_PAUSE, FREE_SHARED_MEMORY_HANDLER};

    fn state<K: Callback>() -> State {
        State::now(K::IRQL, Policy::CATALOGUE)
    }

    /// Whether a panic stops the machine in a call of `K`, of which nothing reads the arguments here.
    fn stops<K: Callback>(state: &State, scratch: &K::Scratch) -> bool {
        let scratch = ptr::from_ref(scratch).cast();
        let call = Erased { facts: K::FACTS, raw: ptr::null(), scratch, state };
        // SAFETY: `call` is an `Erased<K::Return>` that lives until this returns; its scratch is one of `K`.
        unsafe { must_stop::<K::Return>(NonNull::from(&call).cast()) }
    }

    #[test]
    fn a_fatal_callback_that_pended_has_answered() {
        let (state, scratch) = (state::<FILTER_PAUSE>(), OperationScratch::default());
        let stops = || stops::<FILTER_PAUSE>(&state, &scratch);
        assert!(stops());
        scratch.set(Progress::Done);
        assert!(stops());
        scratch.set(Progress::Pended);
        assert!(!stops());
        state.run_poisoned();
        assert!(stops());
    }

    #[test]
    fn a_panic_on_a_poisoned_context_stops() {
        let state = state::<FREE_SHARED_MEMORY_HANDLER>();
        assert!(!stops::<FREE_SHARED_MEMORY_HANDLER>(&state, &()));
        state.run_poisoned();
        assert!(stops::<FREE_SHARED_MEMORY_HANDLER>(&state, &()));
    }
}
