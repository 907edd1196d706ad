//! How a C argument becomes what the function takes: one trait per kind of role.

use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::breach::BreachKind;
use crate::call::{Call, Refused};
use crate::callback::{Answer, Callback};
use crate::cell::Cell;
use crate::context::{ContextRef, ContextValue};
use crate::handle::{Handle, HandleValue};
use crate::sealed::Sealed;

macro_rules! contexts {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[diagnostic::on_unimplemented(
                message = "`{Self}` cannot be lent as an NDIS context",
                label = "what it borrows is not `Send + Sync + 'static`",
                note = "NDIS calls with the same context on several processors at once, long after it was registered: \
                        change it through atomics or a lock, and let it own what it has"
            )]
            pub trait $name<'c>: Sealed + Sized {
                /// Checks the argument in place `I`, counted from 0, and borrows the context for the call.
                ///
                /// # Errors
                ///
                /// When it is not a context of this type, or was poisoned by a panic.
                fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<Self, Refused>;
            }
        )*
    };
}

contexts! {
    /// A context lent to the function: `&T`.
    Lent;
    /// A context lent to the function where NDIS may pass NULL: `Option<&T>`, or `&T` to refuse the call then.
    NullableLent;
    /// A context whose last use this call is: `&T`, dropped by the runtime after the function returned.
    Retired;
}

/// A handle that comes back: `Handle<T>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take an NDIS handle back",
    label = "not a `Handle`",
    note = "take it as `Handle<T>` with the `T` that was handed out, or as plain `Handle`"
)]
pub trait GivenBack<'c>: Sealed + Sized {
    /// Checks the argument in place `I`, counted from 0, and takes the handle. Of one call it is asked once.
    ///
    /// # Errors
    ///
    /// When it is not a handle of this type.
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<Self, Refused>;
}

/// Something of NDIS's that the function sees or owns through a type of this crate: the C parameter number `I` of
/// `K`, counted from 0.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for this parameter",
    label = "another type is expected here",
    note = "the documentation of the callback's type in `ndis::callback` has the function's signature"
)]
pub trait View<'c, K: Callback, const I: usize>: Sealed + Sized {
    /// Checks the argument and wraps it. Of one call it is asked once.
    ///
    /// # Errors
    ///
    /// When the argument breaks NDIS's contract.
    fn receive(call: &'c Call<K>) -> Result<Self, Refused>;
}

/// A plain value: the C parameter number `I` of `K`, counted from 0.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for this value",
    label = "another type is expected here",
    note = "the documentation of the callback's type in `ndis::callback` has the function's signature"
)]
pub trait Value<K: Callback, const I: usize>: Sealed + Sized {
    /// Converts the argument.
    ///
    /// # Errors
    ///
    /// When the value contradicts the IRQL of the call.
    fn receive(call: &Call<K>) -> Result<Self, Refused>;
}

impl<T> Sealed for &T {}
impl<T> Sealed for Option<&T> {}
impl<T> Sealed for ContextRef<'_, T> {}
impl<T: 'static> Sealed for Handle<T> {}

/// Borrows the context in place `I` for the call.
#[inline(always)]
fn lend<K: Callback, T: ContextValue, const I: usize>(call: &Call<K>) -> Result<NonNull<Cell<T>>, Refused> {
    // SAFETY: a context NDIS passes was registered as one, and is alive while NDIS calls with it.
    let cell = unsafe { Cell::<T>::from_raw(K::pointer(call.raw, I)) }?;
    call.state.lend(cell.cast());
    // SAFETY: as above.
    if unsafe { cell.as_ref() }.header.poisoned.load(Ordering::Acquire) {
        if !matches!(K::POISONED, Answer::Run) {
            return Err(BreachKind::Poisoned.into());
        }
        call.state.run_poisoned();
    }
    Ok(cell)
}

#[diagnostic::do_not_recommend]
impl<'c, T: ContextValue> Lent<'c> for &'c T {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<&'c T, Refused> {
        // SAFETY: the context outlives the call, and so `'c`.
        Ok(unsafe { &lend::<K, T, I>(call)?.as_ref().value })
    }
}

#[diagnostic::do_not_recommend]
impl<'c, T: ContextValue> Lent<'c> for ContextRef<'c, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<ContextRef<'c, T>, Refused> {
        // SAFETY: as for `&T`.
        Ok(ContextRef::new(unsafe { lend::<K, T, I>(call)?.as_ref() }))
    }
}

#[diagnostic::do_not_recommend]
impl<'c, T: ContextValue> NullableLent<'c> for ContextRef<'c, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<ContextRef<'c, T>, Refused> {
        <ContextRef<T> as Lent>::receive::<K, I>(call)
    }
}

#[diagnostic::do_not_recommend]
impl<'c, T: ContextValue> NullableLent<'c> for &'c T {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<&'c T, Refused> {
        <&T as Lent>::receive::<K, I>(call)
    }
}

#[diagnostic::do_not_recommend]
impl<'c, T: ContextValue> NullableLent<'c> for Option<&'c T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<Option<&'c T>, Refused> {
        if K::pointer(call.raw, I).is_null() {
            return Ok(None);
        }
        <&T as Lent>::receive::<K, I>(call).map(Some)
    }
}

#[diagnostic::do_not_recommend]
impl<'c, T: ContextValue> Retired<'c> for &'c T {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<&'c T, Refused> {
        let cell = lend::<K, T, I>(call)?;
        call.state.retire(cell.cast());
        // SAFETY: the context is freed when the function has returned, and what it was lent is gone.
        Ok(unsafe { &cell.as_ref().value })
    }
}

#[diagnostic::do_not_recommend]
impl<'c, T: ContextValue> Retired<'c> for ContextRef<'c, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<ContextRef<'c, T>, Refused> {
        let cell = lend::<K, T, I>(call)?;
        call.state.retire(cell.cast());
        // SAFETY: as for `&T`.
        Ok(ContextRef::new(unsafe { cell.as_ref() }))
    }
}

impl<'c, T: HandleValue> GivenBack<'c> for Handle<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive<K: Callback, const I: usize>(call: &'c Call<K>) -> Result<Handle<T>, Refused> {
        // SAFETY: NDIS gives the handle back with this call, by the role.
        Ok(unsafe { Handle::receive(K::pointer(call.raw, I)) }?)
    }
}
