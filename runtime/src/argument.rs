//! How a C argument becomes what the function takes: one trait per kind of role.

use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::breach::BreachKind;
use crate::call::{Call, Refused};
use crate::callback::{Answer, Callback};
use crate::cell::Cell;
use crate::context::ContextValue;
use crate::handle::{Handle, HandleValue};
use crate::param::{Param, Parameter};
use crate::role;
use crate::sealed::Sealed;

/// A context lent to the function: `&T`, or `Option<&T>` where NDIS may pass NULL.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be lent as an NDIS context",
    label = "not a borrow of a context",
    note = "take it as `&T`, where `T` is `Send + Sync + 'static`: NDIS calls with the same context on several \
            processors at once"
)]
pub trait Lent<'c, P: Parameter>: Sealed + Sized {
    /// Checks the argument and borrows the context for the call.
    ///
    /// # Safety
    ///
    /// NDIS passed `raw` in this parameter, in this call.
    unsafe fn receive(raw: P::Raw, call: &'c Call<P::Callback>) -> Result<Self, Refused>;
}

/// A handle that comes back: `Handle<T>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take an NDIS handle back",
    label = "not a `Handle`",
    note = "take it as `Handle<T>` with the `T` that was handed out, or as plain `Handle`"
)]
pub trait GivenBack<'c, P: Parameter>: Sealed + Sized {
    /// What the handle owns.
    type Value;

    /// Checks the argument and takes the handle.
    ///
    /// # Safety
    ///
    /// NDIS passed `raw` in this parameter, in this call.
    unsafe fn receive(raw: P::Raw, call: &'c Call<P::Callback>) -> Result<Self, Refused>;
}

/// Something of NDIS's that the function sees or owns through a type of this crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for this parameter",
    label = "another type is expected here",
    note = "the type for each parameter is in the documentation of the callback's marker in `ndis::callback`"
)]
pub trait View<'c, P: Parameter>: Sealed + Sized {
    /// Checks the argument and wraps it.
    ///
    /// # Safety
    ///
    /// NDIS passed `raw` in this parameter, in this call.
    unsafe fn receive(raw: P::Raw, call: &'c Call<P::Callback>) -> Result<Self, Refused>;
}

/// A plain value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for this value",
    label = "another type is expected here",
    note = "the type for each parameter is in the documentation of the callback's marker in `ndis::callback`"
)]
pub trait Value<'c, P: Parameter>: Sealed + Sized {
    /// Converts the argument.
    ///
    /// # Errors
    ///
    /// When the value contradicts the IRQL of the call.
    fn receive(raw: P::Raw, call: &'c Call<P::Callback>) -> Result<Self, Refused>;
}

impl<T> Sealed for &T {}
impl<T> Sealed for Option<&T> {}
impl<T: HandleValue> Sealed for Handle<T> {}

/// Borrows the context behind `raw` for the call.
///
/// # Safety
///
/// NDIS passed `raw` as a context of this driver, in this call.
#[inline(always)]
unsafe fn lend<K: Callback, T: ContextValue>(
    raw: *mut core::ffi::c_void,
    call: &Call<K>,
) -> Result<NonNull<Cell<T>>, Refused> {
    // SAFETY: a context NDIS passes was registered as one, and is alive while NDIS calls with it.
    let cell = unsafe { Cell::<T>::from_raw(raw) }?;
    call.state.lend(cell.cast());
    // SAFETY: as above.
    let poisoned = unsafe { cell.as_ref() }.header.poisoned.load(Ordering::Acquire);
    if poisoned && !matches!(K::POISONED, Answer::Run) {
        return Err(Refused(BreachKind::Poisoned));
    }
    Ok(cell)
}

#[diagnostic::do_not_recommend]
impl<'c, K: Callback, S, X, T: ContextValue> Lent<'c, Param<K, role::Lent<S>, *mut X>> for &'c T {
    #[inline(always)]
    unsafe fn receive(raw: *mut X, call: &'c Call<K>) -> Result<&'c T, Refused> {
        // SAFETY: by the caller's word; the context outlives the call, which outlives `'c`.
        Ok(unsafe { &lend::<K, T>(raw.cast(), call)?.as_ref().value })
    }
}

#[diagnostic::do_not_recommend]
impl<'c, K: Callback, S, X, T: ContextValue> Lent<'c, Param<K, role::NullableLent<S>, *mut X>> for &'c T {
    #[inline(always)]
    unsafe fn receive(raw: *mut X, call: &'c Call<K>) -> Result<&'c T, Refused> {
        // SAFETY: by the caller's word; the context outlives the call, which outlives `'c`.
        Ok(unsafe { &lend::<K, T>(raw.cast(), call)?.as_ref().value })
    }
}

#[diagnostic::do_not_recommend]
impl<'c, K: Callback, S, X, T: ContextValue> Lent<'c, Param<K, role::NullableLent<S>, *mut X>> for Option<&'c T> {
    #[inline(always)]
    unsafe fn receive(raw: *mut X, call: &'c Call<K>) -> Result<Option<&'c T>, Refused> {
        if raw.is_null() {
            return Ok(None);
        }
        // SAFETY: by the caller's word; the context outlives the call, which outlives `'c`.
        Ok(Some(unsafe { &lend::<K, T>(raw.cast(), call)?.as_ref().value }))
    }
}

#[diagnostic::do_not_recommend]
impl<'c, K: Callback, S, X, T: ContextValue> Lent<'c, Param<K, role::Retired<S>, *mut X>> for &'c T {
    #[inline(always)]
    unsafe fn receive(raw: *mut X, call: &'c Call<K>) -> Result<&'c T, Refused> {
        // SAFETY: by the caller's word.
        let cell = unsafe { lend::<K, T>(raw.cast(), call) }?;
        call.state.retire(cell.cast());
        // SAFETY: the context is freed when the function has returned, and `'c` with it.
        Ok(unsafe { &cell.as_ref().value })
    }
}

#[diagnostic::do_not_recommend]
impl<'c, K: Callback, S, X, T: HandleValue> GivenBack<'c, Param<K, role::GivenBack<S>, *mut X>> for Handle<T> {
    type Value = T;

    #[inline(always)]
    unsafe fn receive(raw: *mut X, _call: &'c Call<K>) -> Result<Handle<T>, Refused> {
        // SAFETY: NDIS gives the handle back with this call, by the role.
        Ok(unsafe { Handle::receive(raw.cast()) }?)
    }
}
