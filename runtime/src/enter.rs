//! The trampoline: the one way from a C entry point into a driver's function and back.

use crate::breach::{self, BreachKind};
use crate::bugcheck;
use crate::call::{Call, Refused, Stage};
use crate::callback::{Answer, Callback};
use crate::irql::Irql;
use crate::panic::{self, Caught};

impl<K: Callback> Call<K> {
    /// Runs the call: makes the out parameters ready, checks the IRQL, lets `body` receive the arguments, call the
    /// function and deliver its result, and answers NDIS as the catalogue says when that went wrong.
    ///
    /// # Safety
    ///
    /// NDIS called an entry point of `K` with the arguments this call was made from; `body` receives each of them at
    /// most once, in its place.
    #[inline(always)]
    pub unsafe fn enter<F>(mut self, body: F) -> K::Return
    where
        F: for<'c> FnOnce(&'c Call<K>) -> Result<K::Return, Refused>,
    {
        self.note_irql();
        let outcome = panic::boundary(|| {
            // SAFETY: these are the arguments NDIS passed.
            unsafe { K::prepare(self.raw, &self.state) }?;
            self.check_irql()?;
            body(&self)
        });
        match outcome {
            Ok(Ok(value)) => value,
            // SAFETY: as above; a refused call did not get what `refuse` settles, or has noted that it did.
            Ok(Err(refused)) => unsafe { refuse(&self, refused) },
            // SAFETY: as above.
            Err(caught) => unsafe { contain(&self, caught) },
        }
    }
}

/// Answers NDIS for a function that did not run, or whose result could not be delivered.
#[cold]
#[inline(never)]
unsafe fn refuse<K: Callback>(call: &Call<K>, Refused(kind): Refused) -> K::Return {
    if !call.state.is_unchecked() {
        breach::report(K::NAME, kind);
    }
    // SAFETY: these are the arguments NDIS passed, and the function did not get them or noted that it did.
    unsafe { K::refuse(call.raw, &call.state) };
    let answer = match kind {
        BreachKind::Poisoned => K::POISONED,
        BreachKind::Irql { .. }
        | BreachKind::IrqlChanged { .. }
        | BreachKind::IllegalStatus(_)
        | BreachKind::NotFilled
        | BreachKind::NotAnswered => K::FAILED,
        _ => K::REFUSED,
    };
    deliver(answer, call, kind)
}

/// Answers NDIS for a function that panicked.
#[cold]
#[inline(never)]
unsafe fn contain<K: Callback>(call: &Call<K>, Caught: Caught) -> K::Return {
    let kind = if call.state.poison() { BreachKind::PanickedTwice } else { BreachKind::Panicked };
    if call.state.is_unchecked() {
        // The machine is stopping already; nothing may stop it twice.
        return deliver(K::PANICKED, call, kind);
    }
    breach::report(K::NAME, kind);
    let exit = Irql::current();
    if call.state.irql_checked() && exit != call.state.irql() {
        breach::report(K::NAME, BreachKind::IrqlChanged { entry: call.state.irql(), exit });
    }
    if call.state.policy().panics_are_fatal() || kind == BreachKind::PanickedTwice {
        bugcheck::stop(K::NAME, kind);
    }
    // SAFETY: as in `refuse`.
    unsafe { K::refuse(call.raw, &call.state) };
    deliver(K::PANICKED, call, kind)
}

fn deliver<K: Callback>(answer: Answer<K::Return>, call: &Call<K>, kind: BreachKind) -> K::Return {
    match (call.stage.forced(), answer) {
        (Some(value), _) | (None, Answer::Return(value)) => value,
        (None, Answer::Run | Answer::Fatal) => bugcheck::stop(K::NAME, kind),
    }
}
