//! How what the function returned becomes what C gets: one trait per shape of outcome.

use core::ptr::NonNull;

use crate::breach::BreachKind;
use crate::call::{Call, Refused, Stage};
use crate::callback::{Callback, FILTER_ATTACH};
use crate::context::Context;
use crate::error::AnyError;
use crate::handle::{Handle, HandleValue};
use crate::operation::OperationStage;
use crate::sealed::Sealed;
use crate::status::NdisStatus;
use crate::sys::{BOOLEAN, NDIS_HANDLE};

/// The result of a callback that returns `VOID`: `()`.
#[diagnostic::on_unimplemented(
    message = "this callback returns nothing to NDIS, so its function must not return `{Self}`",
    label = "remove the return type",
    note = "there is no way to report a failure from it: handle the error in the function"
)]
pub trait Nothing: Sealed {
    /// Delivers the result.
    ///
    /// # Errors
    ///
    /// When the function broke a rule that every function must keep.
    fn finish<K: Callback<Return = ()>>(self, call: &Call<K>) -> Result<K::Return, Refused>;
}

/// The result of a callback that returns `BOOLEAN`: `bool`.
#[diagnostic::on_unimplemented(
    message = "this callback returns a BOOLEAN, so its function must return `bool`, not `{Self}`",
    label = "must be `bool`"
)]
pub trait Boolean: Sealed {
    /// Delivers the result.
    ///
    /// # Errors
    ///
    /// As [`Nothing::finish`].
    fn finish<K: Callback<Return = BOOLEAN>>(self, call: &Call<K>) -> Result<K::Return, Refused>;
}

/// The result of an interrupt service routine: [`Interrupt`](crate::Interrupt).
#[diagnostic::on_unimplemented(
    message = "an interrupt service routine must return `ndis::Interrupt`, not `{Self}`",
    label = "must be `ndis::Interrupt`",
    note = "NDIS reads both out values of the callback whatever it returns; `Interrupt` carries all three"
)]
pub trait Interrupt: Sealed {
    /// Delivers the result; the out parameters are in these places, counted from 0.
    ///
    /// # Errors
    ///
    /// As [`Nothing::finish`].
    fn finish<K: Callback<Return = BOOLEAN>, const QUEUE_DEFAULT: usize, const TARGETS: usize>(
        self,
        call: &Call<K>,
    ) -> Result<K::Return, Refused>;
}

/// The result of a callback that returns a status and makes nothing: `Result<(), E>`.
#[diagnostic::on_unimplemented(
    message = "this callback returns an NDIS_STATUS, so its function must return `Result<(), E>`, not `{Self}`",
    label = "must be a `Result<(), E>`",
    note = "`E` is an `ndis::NdisStatus`, or an error type that derives `ndis::NdisError`"
)]
pub trait Status: Sealed {
    /// Every status the error can become; `None` if they are not known.
    const STATUSES: Option<&'static [NdisStatus]>;

    /// Delivers the result.
    ///
    /// # Errors
    ///
    /// As [`Nothing::finish`].
    fn finish<K: Callback<Return = i32>>(self, call: &Call<K>) -> Result<K::Return, Refused>;
}

/// The result of a callback that makes a handle: `Result<Handle<T>, E>`.
#[diagnostic::on_unimplemented(
    message = "this callback hands NDIS a new handle, so its function must return `Result<Handle<T>, E>`, not `{Self}`",
    label = "must be a `Result<Handle<T>, E>`",
    note = "`E` is an error type that derives `ndis::NdisError`, such as `ndis::AllocError`"
)]
pub trait Made: Sealed {
    /// Every status the error can become; `None` if they are not known.
    const STATUSES: Option<&'static [NdisStatus]>;

    /// Delivers the result; the out parameter is in place `OUT`, counted from 0.
    ///
    /// # Errors
    ///
    /// As [`Nothing::finish`], or when the handle cannot be delivered; it is dropped then.
    fn finish<K: Callback<Return = i32>, const OUT: usize>(self, call: &Call<K>) -> Result<K::Return, Refused>;
}

/// The result of a callback that makes a context which the runtime then gives to NDIS: `Result<Context<T>, E>`.
#[diagnostic::on_unimplemented(
    message = "this callback gives NDIS a new context, so its function must return `Result<Context<T>, E>`, not `{Self}`",
    label = "must be a `Result<Context<T>, E>`",
    note = "`E` is an `ndis::NdisStatus`, or an error type that derives `ndis::NdisError`"
)]
pub trait Attached<K: Callback = FILTER_ATTACH>: Sealed {
    /// Every status the error can become; `None` if they are not known.
    const STATUSES: Option<&'static [NdisStatus]>;

    /// Delivers the result.
    ///
    /// # Errors
    ///
    /// As [`Nothing::finish`].
    fn finish(self, call: &Call<K>) -> Result<K::Return, Refused>;
}

/// The result of a callback that answers a request now or later and may fail: `Result<Answered, E>`.
#[diagnostic::on_unimplemented(
    message = "this callback answers a request, so its function must return `Result<Answered, E>`, not `{Self}`",
    label = "must be a `Result<ndis::Answered, E>`",
    note = "the request's `done()` and `pend()` give the `Answered`; `E` is an `ndis::NdisStatus`, or derives `ndis::NdisError`"
)]
pub trait Answered: Sealed {
    /// Every status the error can become; `None` if they are not known.
    const STATUSES: Option<&'static [NdisStatus]>;

    /// Delivers the result.
    ///
    /// # Errors
    ///
    /// As [`Nothing::finish`], or when the request was not answered.
    fn finish<K: Callback<Return = i32, Stage = OperationStage>>(self, call: &Call<K>) -> Result<K::Return, Refused>;
}

/// The result of a callback that completes now or later and cannot fail: [`Answered`](crate::Answered).
#[diagnostic::on_unimplemented(
    message = "this callback cannot fail, so its function must return `ndis::Answered`, not `{Self}`",
    label = "must be `ndis::Answered`",
    note = "the operation's `done()` and `pend()` give the `Answered`"
)]
pub trait Completed: Sealed {
    /// Delivers the result.
    ///
    /// # Errors
    ///
    /// As [`Nothing::finish`], or when the operation was not answered.
    fn finish<K: Callback<Return = i32, Stage = OperationStage>>(self, call: &Call<K>) -> Result<K::Return, Refused>;
}

/// What a function hands to NDIS or takes back: registration compares these types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` neither hands NDIS a handle or context nor takes one back",
    label = "registration compares what they own, and this owns nothing for NDIS"
)]
pub trait Owner: Sealed {
    /// What the handle or context owns.
    type Value;
}

impl<T: 'static> Owner for Handle<T> {
    type Value = T;
}

#[diagnostic::do_not_recommend]
impl<T: 'static, E> Owner for Result<Handle<T>, E> {
    type Value = T;
}

#[diagnostic::do_not_recommend]
impl<T: 'static, E> Owner for Result<Context<T>, E> {
    type Value = T;
}

impl Sealed for () {}
impl Sealed for bool {}
impl<T, E> Sealed for Result<T, E> {}

/// The status of an error, which must be one.
#[inline(always)]
pub(crate) fn error_status<E: AnyError>(error: &E) -> Result<NdisStatus, Refused> {
    error.error_status().map_err(|status| BreachKind::IllegalStatus(status).into())
}

impl Nothing for () {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish<K: Callback<Return = ()>>(self, call: &Call<K>) -> Result<(), Refused> {
        call.leave()
    }
}

impl Boolean for bool {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish<K: Callback<Return = BOOLEAN>>(self, call: &Call<K>) -> Result<BOOLEAN, Refused> {
        call.leave()?;
        Ok(self.into())
    }
}

impl<E: AnyError> Status for Result<(), E> {
    const STATUSES: Option<&'static [NdisStatus]> = E::STATUSES;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish<K: Callback<Return = i32>>(self, call: &Call<K>) -> Result<i32, Refused> {
        let status = match self {
            Ok(()) => NdisStatus::SUCCESS,
            Err(error) => error_status(&error)?,
        };
        call.leave()?;
        Ok(status.as_raw())
    }
}

impl<T: HandleValue, E: AnyError> Made for Result<Handle<T>, E> {
    const STATUSES: Option<&'static [NdisStatus]> = E::STATUSES;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish<K: Callback<Return = i32>, const OUT: usize>(self, call: &Call<K>) -> Result<i32, Refused> {
        match self {
            Ok(handle) => {
                // Owned again where it is dropped: so there is one such place, and it is not here.
                let (header, raw) = (handle.header().map(NonNull::from), handle.into_raw());
                if let Err(refused) = call.leave() {
                    // SAFETY: the handle was given up above.
                    unsafe { discard::<T>(raw) };
                    return Err(refused);
                }
                // SAFETY: the header is part of what the handle owned, which nobody has taken over.
                if !call.stage().commit(raw, header.map(|header| unsafe { header.as_ref() })) {
                    // SAFETY: as above.
                    unsafe { discard::<T>(raw) };
                    return Err(BreachKind::NotFilled.into());
                }
                // SAFETY: the out parameter is in this place, by the word of `enter`'s caller, who alone has calls to
                // give; `Callback::prepare` found it valid.
                unsafe { K::pointer(call.raw, OUT).cast::<NDIS_HANDLE>().write(raw) };
                Ok(NdisStatus::SUCCESS.as_raw())
            }
            Err(error) => {
                call.stage().forget();
                let status = error_status(&error)?;
                drop(error);
                call.leave()?;
                Ok(status.as_raw())
            }
        }
    }
}

/// Drops a handle that cannot be delivered.
///
/// # Safety
///
/// It came from [`Handle::into_raw`] of the same `T`.
#[cold]
#[inline(never)]
unsafe fn discard<T: HandleValue>(raw: NDIS_HANDLE) {
    // SAFETY: by the caller's word.
    drop(unsafe { Handle::<T>::from_raw(raw) });
}
