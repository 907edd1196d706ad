//! Requests that are answered now or later: what decides is what was done with them, not what the function returned.

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;

use crate::breach::BreachKind;
use crate::call::{Call, Refused, Stage};
use crate::callback::Callback;
use crate::error::{AnyError, is_error};
use crate::outcome::{self, error_status};
use crate::sealed::Sealed;
use crate::status::NdisStatus;

/// What has become of the request of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Progress {
    #[default]
    Open,
    Done,
    Pended,
}

/// The progress of the request of a call.
#[derive(Default, Debug)]
pub struct OperationStage(Cell<Progress>);

impl OperationStage {
    pub(crate) fn set(&self, progress: Progress) {
        self.0.set(progress);
    }
}

impl Stage<i32> for OperationStage {
    fn forced(&self) -> Option<i32> {
        (self.0.get() == Progress::Pended).then_some(NdisStatus::PENDING.as_raw())
    }
}

/// A request was answered: its `done()` or its `pend()` ran.
#[must_use = "return it: it says that the request was answered"]
pub struct Answered(PhantomData<*const ()>);

impl Answered {
    pub(crate) fn new() -> Answered {
        Answered(PhantomData)
    }
}

impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answered")
    }
}

impl Sealed for Answered {}

/// The status for C of an answered request. A pended one is completed by its token, whatever else happened.
fn status<K: Callback<Stage = OperationStage>>(call: &Call<K>) -> Result<i32, Refused> {
    match call.stage().0.get() {
        Progress::Done => Ok(NdisStatus::SUCCESS.as_raw()),
        Progress::Pended => Ok(NdisStatus::PENDING.as_raw()),
        Progress::Open => Err(BreachKind::NotAnswered.into()),
    }
}

impl<E: AnyError> outcome::Answered for Result<Answered, E> {
    const STATUSES: Option<&'static [NdisStatus]> = E::STATUSES;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish<K: Callback<Return = i32, Stage = OperationStage>>(self, call: &Call<K>) -> Result<i32, Refused> {
        let answer = match self {
            Ok(Answered(_)) => status(call)?,
            Err(error) if call.stage().forced().is_none() => error_status(&error)?.as_raw(),
            Err(_) => NdisStatus::PENDING.as_raw(),
        };
        call.leave()?;
        Ok(answer)
    }
}

impl outcome::Completed for Answered {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish<K: Callback<Return = i32, Stage = OperationStage>>(self, call: &Call<K>) -> Result<i32, Refused> {
        let answer = status(call)?;
        call.leave()?;
        Ok(answer)
    }
}

/// The status that completes a pended request: an error that is none becomes a failure.
pub(crate) fn completion_status<E: AnyError>(result: Result<(), E>) -> NdisStatus {
    // Asked once: a hand-written error may answer differently the second time.
    match result.map_err(|error| error.status()) {
        Ok(()) => NdisStatus::SUCCESS,
        Err(status) if is_error(status) => status,
        Err(_) => NdisStatus::FAILURE,
    }
}
