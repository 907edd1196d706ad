//! Operations: what NDIS asks for, to be answered now or later. NDIS gets the answer that was given last. Once `pend`
//! ran, the function's return value does not count.

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};

use crate::boundary::aftermath::succeed;
use crate::boundary::argument::{Argument, words};
use crate::boundary::call::{Call, Refusal, Scratch};
use crate::boundary::callback::{Callback, Place};
use crate::boundary::outcome::{Delivered, Finished, Outcome, error_status};
use crate::contract::breach::BreachKind;
use crate::contract::status::NdisStatus;
use crate::sys::{BOOLEAN, FALSE, NDIS_HANDLE, NDIS_STATUS, PVOID};
use crate::value::block::Header;
use crate::value::error::{AnyError, is_error};

/// What has become of the operation of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Progress {
    /// The function took no operation: it answers as C does.
    #[default]
    Untaken,
    Open,
    Done,
    Failed(NdisStatus),
    Pended,
}

/// The progress of the operation of a call.
#[derive(Default, Debug)]
pub struct OperationScratch(Cell<Progress>);

impl OperationScratch {
    /// The status for C. A pended operation is completed by its token, whatever else happened.
    fn status(&self) -> Result<NdisStatus, BreachKind> {
        match self.0.get() {
            Progress::Done => Ok(NdisStatus::SUCCESS),
            Progress::Failed(status) => Ok(status),
            Progress::Pended => Ok(NdisStatus::PENDING),
            Progress::Untaken | Progress::Open => Err(BreachKind::NotAnswered),
        }
    }

    pub(crate) fn set(&self, progress: Progress) {
        self.0.set(progress);
    }
}

impl Scratch<i32> for OperationScratch {
    fn committed_answer(&self) -> Option<i32> {
        (self.0.get() == Progress::Pended).then_some(NdisStatus::PENDING.as_raw())
    }

    fn decided(&self) -> Result<Option<i32>, BreachKind> {
        match self.0.get() {
            Progress::Untaken => Ok(None),
            _ => self.status().map(|status| Some(status.as_raw())),
        }
    }
}

/// An operation was answered. Only the operation of this call gives one, and a function that must answer must return it.
#[must_use = "return it: it says that the operation was answered"]
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

/// Ends the context that ends with this status, if there is one.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn end<K: Callback>(call: &Call<K>, status: NdisStatus) {
    if K::PLAIN {
        return;
    }
    match status {
        NdisStatus::SUCCESS => succeed(call),
        NdisStatus::PENDING => call.state.succeed_later(),
        _ => {}
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: as the outcome says.
unsafe impl<K, E> Outcome<K, Result<Answered, words::E>> for Result<Answered, E>
where
    K: Callback<Return = i32, Scratch = OperationScratch>,
{
    type Error = E;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K>
    where
        E: AnyError,
    {
        let status = match self {
            Ok(Answered(_)) => call.scratch().status()?,
            Err(error) if call.scratch().committed_answer().is_none() => error_status(error)?,
            Err(_) => NdisStatus::PENDING,
        };
        call.leave()?;
        end(call, status);
        Ok(Delivered(status.as_raw()))
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: as the outcome says.
unsafe impl<K: Callback<Return = i32, Scratch = OperationScratch>> Outcome<K, Answered> for Answered {
    type Error = NdisStatus;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
        let status = call.scratch().status()?;
        call.leave()?;
        end(call, status);
        Ok(Delivered(status.as_raw()))
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: as the outcome says: an operation that may fail may also be answered without an error.
unsafe impl<K: Callback<Return = i32, Scratch = OperationScratch>> Outcome<K, Result<Answered, words::E>> for Answered {
    type Error = NdisStatus;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
        // SAFETY: guaranteed by the caller.
        unsafe { <Answered as Outcome<K, Answered>>::finish(self, call) }
    }
}

/// What the NDIS function that pays is given beside the callback's own arguments.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    pub(crate) status: NDIS_STATUS,
    /// What only a reset answers.
    pub(crate) boolean: BOOLEAN,
    /// What only a clone has.
    pub(crate) original: PVOID,
}

impl Payment {
    pub(crate) fn status(status: NdisStatus) -> Payment {
        Payment { status: status.as_raw(), boolean: FALSE, original: null_mut() }
    }
}

/// A callback after which NDIS may be owed something other than lists: `owes` in its entry says what pays.
#[diagnostic::on_unimplemented(
    message = "`{Self}` owes NDIS something, and its entry does not say what pays",
    label = "say `owes Function(..)` in the entry"
)]
pub trait Owes: Callback {
    /// The function takes NDIS's handle of the object.
    const NEEDS_HANDLE: bool;
    /// NDIS accepts no failure.
    const CANNOT_FAIL: bool;
    /// The context ends with the success of what was pending.
    const ENDS: bool;

    /// Pays.
    ///
    /// # Safety
    ///
    /// `handle` is NDIS's of the object, where it is needed; `raw` are the arguments of the callback that owes; it is paid
    /// once.
    unsafe fn pay(handle: NDIS_HANDLE, raw: Self::Raw, payment: Payment);
}

/// Operations that NDIS lets fail.
#[diagnostic::on_unimplemented(
    message = "NDIS accepts no failure of `{Self}`",
    label = "cannot fail",
    note = "do what is asked all the same: then `done()` or `pend()` answers it, and `complete()` what was pended"
)]
pub trait MayFail: Owes {}

/// Operations that begin with a check of what the callback's arguments point to.
pub trait Checked: Owes {
    /// Checks the arguments.
    ///
    /// # Errors
    ///
    /// When one breaks NDIS's contract.
    ///
    /// # Safety
    ///
    /// NDIS passed them.
    unsafe fn check(raw: Self::Raw) -> Result<(), BreachKind>;
}

/// NDIS's handle of the object a callback is for, where its debt is paid through it.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn payee<K: Owes>(call: &Call<K>) -> Result<NDIS_HANDLE, Refusal> {
    if !K::NEEDS_HANDLE {
        return Ok(null_mut());
    }
    Ok(call.state.completion_handle().ok_or(BreachKind::NoNdisHandle)?.as_ptr())
}

/// What NDIS asks of the driver in a call of `K`. Each way to answer consumes it: [`done`](Self::done) and
/// [`pend`](Self::pend), and the driver's error. Dropped unanswered, it fails, and the entry reports that the function claims
/// an answer it did not give; one that cannot fail counts as done.
pub struct Operation<'call, K: Owes> {
    pub(crate) raw: K::Raw,
    pub(crate) handle: NDIS_HANDLE,
    pub(crate) scratch: &'call OperationScratch,
    pub(crate) boolean: BOOLEAN,
}

impl<K: Owes> Operation<'_, K> {
    /// It is done: NDIS gets `NDIS_STATUS_SUCCESS` when the function returns.
    pub fn done(self) -> Answered {
        self.scratch.set(Progress::Done);
        Answered::new()
    }

    /// It will be done: NDIS gets `NDIS_STATUS_PENDING`, whatever the function does after this.
    pub fn pend(self) -> (Pending<K>, Answered) {
        let this = ManuallyDrop::new(self);
        this.scratch.set(Progress::Pended);
        (Pending { handle: this.handle, raw: this.raw, boolean: this.boolean }, Answered::new())
    }

    /// It failed: NDIS gets the error's status when the function returns. (Or return the error.)
    pub fn fail<E: AnyError>(self, error: E) -> Answered
    where
        K: MayFail,
    {
        self.scratch.set(Progress::Failed(failure(&error)));
        Answered::new()
    }
}

impl<K: Owes> Drop for Operation<'_, K> {
    fn drop(&mut self) {
        if K::CANNOT_FAIL {
            self.scratch.set(Progress::Done);
        }
    }
}

impl<K: Owes> fmt::Debug for Operation<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Operation").field(&K::NAME).finish()
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: it is made from the callback's arguments, which were checked, and borrows the call.
unsafe impl<'c, K, const I: usize> Argument<'c, K, I, Operation<'c, K>> for Operation<'c, K>
where
    K: Checked + Place<'c, I> + Callback<Scratch = OperationScratch>,
{
    type Context = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<K>) -> Result<Self, Refusal> {
        // SAFETY: guaranteed by the caller.
        unsafe { Operation::from_call(call) }
    }
}

impl<'c, K: Checked + Callback<Scratch = OperationScratch>> Operation<'c, K> {
    /// The operation of a call.
    ///
    /// # Safety
    ///
    /// NDIS made the call; called once.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn from_call(call: &'c Call<K>) -> Result<Self, Refusal> {
        // SAFETY: NDIS passed the arguments.
        unsafe { K::check(call.raw) }?;
        let handle = payee(call)?;
        call.scratch().set(Progress::Open);
        Ok(Operation { raw: call.raw, handle, scratch: call.scratch(), boolean: FALSE })
    }
}

/// An operation that NDIS waits for. Dropped, it completes: with `NDIS_STATUS_REQUEST_ABORTED`, where it may fail. A forgotten
/// one leaves NDIS waiting for ever.
///
/// IRQL: that of the NDIS function that completes it, which is not checked. Completing and dropping are legal up to
/// DISPATCH_LEVEL, with one exception: a pending PROTOCOL_NET_PNP_EVENT is completed at PASSIVE_LEVEL only
/// (`NdisCompleteNetPnPEvent`). A pending MINIPORT_RESET is best completed at DISPATCH_LEVEL: the reference page of
/// `NdisMResetComplete` names that level alone, while ndis.h allows lower ones. A completion that ends a context may
/// drop it, and then the driver's `Drop` runs at the same level.
#[must_use = "dropping it completes the operation, as aborted if it can fail"]
pub struct Pending<K: Owes> {
    handle: NDIS_HANDLE,
    raw: K::Raw,
    boolean: BOOLEAN,
}

// SAFETY: what is pending is this value's until it is completed, from whatever thread.
unsafe impl<K: Owes> Send for Pending<K> {}
// SAFETY: a shared one gives nothing out.
unsafe impl<K: Owes> Sync for Pending<K> {}

impl<K: Owes> Pending<K> {
    /// Completes it: done.
    pub fn complete(self) {
        self.pay(NdisStatus::SUCCESS);
    }

    /// Completes it with a failure. An error that maps to success or pending, which no error may, completes with
    /// `NDIS_STATUS_FAILURE`.
    pub fn fail<E: AnyError>(self, error: E)
    where
        K: MayFail,
    {
        // The error is the driver's: should it panic, the operation is still completed, by its drop.
        let status = failure(&error);
        self.pay(status);
    }

    fn pay(self, status: NdisStatus) {
        ManuallyDrop::new(self).pay_once(status);
    }

    fn pay_once(&mut self, status: NdisStatus) {
        let payment = Payment { boolean: self.boolean, ..Payment::status(status) };
        // SAFETY: NDIS waits for this since the callback pended; `pay` and `drop` do it once.
        unsafe { K::pay(self.handle, self.raw, payment) };
        if K::ENDS
            && let Some(context) = NonNull::new(K::context(self.raw).cast::<Header>())
        {
            // SAFETY: NDIS gives the context up with this completion; it is alive until the function has returned as well.
            unsafe { Header::end_half(context) };
        }
    }
}

impl<K: Owes> Drop for Pending<K> {
    fn drop(&mut self) {
        self.pay_once(if K::CANNOT_FAIL { NdisStatus::SUCCESS } else { NdisStatus::REQUEST_ABORTED });
    }
}

impl<K: Owes> fmt::Debug for Pending<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pending").field(&K::NAME).finish()
    }
}

/// The status of a failure: that of the error, if that is one.
pub(crate) fn failure<E: AnyError>(error: &E) -> NdisStatus {
    // Asked once: a hand-written error may answer differently the second time.
    let status = error.status();
    if is_error(status) { status } else { NdisStatus::FAILURE }
}
