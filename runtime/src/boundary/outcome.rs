//! How what the function returned becomes what C gets: one trait for every result, whose outcome the callback's type knows.

use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::boundary::aftermath::succeed;
use crate::boundary::argument::words;
use crate::boundary::call::{Call, Refusal, Scratch};
use crate::boundary::callback::{Callback, Statuses};
use crate::boundary::operation::end;
use crate::contract::breach::BreachKind;
use crate::contract::status::NdisStatus;
use crate::sys::{BOOLEAN, NDIS_HANDLE, NDIS_STATUS_SUCCESS};
use crate::value::context::{Context, ContextRef, ContextValue};
use crate::value::error::AnyError;
use crate::value::handle::{Handle, HandleValue, Opaque};

/// What a function returns for `K`. The type `X` that stands for it follows from `K`, and with it what is delivered.
///
/// # Safety
///
/// `finish` delivers what the outcome says.
#[diagnostic::on_unimplemented(
    message = "a function for `{K}` returns `{X}`, not `{Self}`",
    label = "must be `{X}`",
    note = "the documentation of `ndis::callback::{K}` has the function's signature"
)]
pub unsafe trait Outcome<K: Callback, X = <K as Callback>::Returned>: Sized {
    /// The error, or a type that can be one.
    #[doc(hidden)]
    type Error;

    /// Delivers the result.
    ///
    /// # Errors
    ///
    /// When the function broke a rule that every function must keep, or when the result cannot be delivered; what was
    /// made is dropped then.
    ///
    /// # Safety
    ///
    /// The function ran in this call.
    unsafe fn finish(self, call: &Call<K>) -> Finished<K>
    where
        Self::Error: AnyError;
}

/// What C gets. Only this crate makes one: an outcome of another's cannot claim to have delivered.
#[derive(Debug)]
pub struct Delivered<R>(pub(crate) R);

/// How the end of a function went: delivered, or refused.
pub(crate) type Finished<K> = Result<Delivered<<K as Callback>::Return>, Refusal>;

/// The status of an error, which must be one.
#[inline(always)]
pub(crate) fn error_status<E: AnyError>(error: E) -> Result<NdisStatus, Refusal> {
    match error.error_status() {
        Ok(status) => Ok(status),
        Err(status) => Err(BreachKind::IllegalStatus(status).into()),
    }
}

/// Delivers the status of an error.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn fail<K: Callback<Return = i32>, E: AnyError>(error: E, call: &Call<K>) -> Finished<K> {
    match error_status(error) {
        Ok(status) => match call.leave() {
            Ok(()) => Ok(Delivered(status.as_raw())),
            Err(refusal) => Err(refusal),
        },
        Err(refusal) => Err(refusal),
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: nothing is delivered.
unsafe impl<K: Callback<Return = ()>> Outcome<K, ()> for () {
    type Error = NdisStatus;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
        match call.leave() {
            Ok(()) => Ok(Delivered(())),
            Err(refusal) => Err(refusal),
        }
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: as the outcome says.
unsafe impl<K: Callback<Return = BOOLEAN>> Outcome<K, bool> for bool {
    type Error = NdisStatus;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
        call.leave()?;
        Ok(Delivered(self.into()))
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: as the outcome says.
unsafe impl<K: Callback<Return = i32>, E> Outcome<K, Result<(), words::E>> for Result<(), E> {
    type Error = E;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K>
    where
        E: AnyError,
    {
        match self {
            Ok(()) => match call.leave() {
                Ok(()) => {
                    succeed(call);
                    Ok(Delivered(NDIS_STATUS_SUCCESS))
                }
                Err(refusal) => Err(refusal),
            },
            Err(error) => fail(error, call),
        }
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: the handle is written to the out parameter, as the outcome says.
unsafe impl<K: Callback<Return = i32>, T: 'static, E> Outcome<K, Result<Handle<words::T>, words::E>>
    for Result<Handle<T>, E>
{
    type Error = E;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K>
    where
        E: AnyError,
    {
        match self {
            Ok(handle) => {
                let (header, raw) = (handle.header().map(NonNull::from), handle.into_raw());
                if let Err(refusal) = call.leave() {
                    // SAFETY: the handle was given up above.
                    unsafe { discard::<T>(raw) };
                    return Err(refusal);
                }
                // SAFETY: the header is part of what the handle owned, which nobody has taken over.
                if !call.scratch().commit(raw, header.map(|header| unsafe { header.as_ref() })) {
                    // SAFETY: as above.
                    unsafe { discard::<T>(raw) };
                    return Err(BreachKind::NotFilled.into());
                }
                // SAFETY: the callbacks of this outcome have this out parameter; `Callback::prepare` found it valid.
                unsafe { K::outs(call.raw)[0].cast::<NDIS_HANDLE>().write(raw) };
                Ok(Delivered(NDIS_STATUS_SUCCESS))
            }
            Err(error) => {
                call.scratch().forget();
                fail(error, call)
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
unsafe fn discard<T: 'static>(raw: NDIS_HANDLE) {
    // SAFETY: guaranteed by the caller.
    drop(unsafe { Handle::<T>::from_raw(raw) });
}

/// The C form of a result: the function answers as C does. It takes the out parameters too then, after its other arguments.
macro_rules! raw {
    ($($c:ty),*) => {
        $(
            #[diagnostic::do_not_recommend]
            // SAFETY: it is what C gets. A handle that is not made cannot be claimed to be.
            unsafe impl<K: Callback<Return = $c>, X> Outcome<K, X> for $c {
                type Error = NdisStatus;

                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
                    call.leave()?;
                    // SAFETY: `Callback::prepare` found the out parameter valid, and made it NULL.
                    let is_made = !K::MAKES || !unsafe { K::outs(call.raw)[0].cast::<NDIS_HANDLE>().read() }.is_null();
                    if self == 0 && (!is_made || call.scratch().is_unfinished()) {
                        return Err(BreachKind::NotMade.into());
                    }
                    let answer = call.scratch().decided()?.unwrap_or(self);
                    if answer != 0 {
                        call.scratch().forget();
                    }
                    end(call, NdisStatus::from_raw(answer.into()));
                    Ok(Delivered(answer))
                }
            }
        )*
    };
}

raw!(i32, u8);

/// The verdict on the statuses that the error of a result can become.
#[derive(Debug)]
pub struct Verdict<K, R>(PhantomData<(K, R)>);

impl<K: Callback, R: Outcome<K>> Verdict<K, R>
where
    R::Error: AnyError,
{
    /// What is wrong, if one of them is a status that the callback must not return. Evaluated for each function, so it takes
    /// few steps: that the statuses are errors is asked once per error type.
    pub const WRONG: Option<&'static str> = {
        match (K::STATUSES, <R::Error as AnyError>::STATUSES) {
            (Statuses::Closed { legal, .. }, Some(statuses)) if are_among(statuses, legal) => None,
            (Statuses::Closed { sentence, .. }, _) => Some(sentence),
            _ => None,
        }
    };
}

/// The verdict on anything else, which `finish` refuses: a second message would be about the same mistake.
pub trait NoVerdict {
    /// Nothing more.
    const WRONG: Option<&'static str> = None;
}

impl<K, R> NoVerdict for Verdict<K, R> {}

const fn are_among(mut statuses: &[NdisStatus], legal: &[i32]) -> bool {
    while let [status, rest @ ..] = statuses {
        let mut i = 0;
        while legal[i] != status.as_raw() {
            i += 1;
            if i == legal.len() {
                return false;
            }
        }
        statuses = rest;
    }
    true
}

/// Fails to compile when something is wrong.
#[track_caller]
pub const fn check_statuses(wrong: Option<&'static str>) {
    if let Some(sentence) = wrong {
        panic!("{}", sentence);
    }
}

/// What NDIS keeps or kept for the driver in an argument or a result: registration compares these types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` neither takes a context or handle nor makes one",
    label = "registration compares what they own, and this owns nothing for NDIS"
)]
pub trait Kept {
    /// The driver's own type.
    type Value;
}

// What a function is lent was checked where it is received; what it gives or takes for good is checked here. No macro writes
// these, since the compiler quotes them.

impl<T: 'static> Kept for &'static T {
    type Value = T;
}

impl<T: 'static> Kept for Option<&'static T> {
    type Value = T;
}

impl<T: 'static> Kept for ContextRef<'static, T> {
    type Value = T;
}

impl<T: HandleValue> Kept for Handle<T> {
    type Value = T;
}

impl<T: HandleValue, E> Kept for Result<Handle<T>, E> {
    type Value = T;
}

impl<T: ContextValue, E> Kept for Result<Context<T>, E> {
    type Value = T;
}

/// A raw handle is what a plain [`Handle`] holds.
impl<P> Kept for *mut P {
    type Value = Opaque;
}

/// So is the one that a function makes which answers as C does.
impl Kept for i32 {
    type Value = Opaque;
}
