//! How a C argument becomes what the function takes: one trait for every argument, whose role the callback's type knows.

#[cfg(debug_assertions)]
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::boundary::call::{Call, Refusal, State};
use crate::boundary::callback::{Answer, Callback, Ends, Place};
use crate::contract::breach::BreachKind;
use crate::value::block::ContextBlock;
#[cfg(debug_assertions)]
use crate::value::block::Header;
use crate::value::context::{ContextRef, ContextValue};
use crate::value::handle::{Handle, is_opaque};

/// Words for types that only the driver's author knows.
pub mod words {
    /// The driver's own type.
    #[derive(Debug)]
    pub enum T {}

    /// The error of the driver's function.
    #[derive(Debug)]
    pub enum E {}
}

/// What a function takes in place `I` of `K`. The type `X` that stands for it follows from `K` and `I`.
///
/// # Safety
///
/// `receive` returns what the role says, and nothing that outlives the call.
#[diagnostic::on_unimplemented(
    message = "parameter {I} of `{K}` is taken as `{X}`, not as `{Self}`",
    label = "must be `{X}`",
    note = "parameters are counted from 0, in the order of the C prototype; the documentation of `ndis::callback::{K}` has \
            the function's signature"
)]
pub unsafe trait Argument<'c, K: Place<'c, I>, const I: usize, X = <K as Place<'c, I>>::Taken>: Sized {
    /// The driver's own type in a context, or a type that can be in one.
    #[doc(hidden)]
    type Context;

    /// Checks the argument and receives it.
    ///
    /// # Errors
    ///
    /// When the argument breaks NDIS's contract.
    ///
    /// # Safety
    ///
    /// Called at most once per call.
    unsafe fn receive(call: &'c Call<K>) -> Result<Self, Refusal>
    where
        Self::Context: ContextValue;
}

/// A type of this crate that stands for C parameters, whichever callback's: how it is made of them.
///
/// # Safety
///
/// As for [`Argument`].
pub unsafe trait FromC<'c>: Sized {
    /// The C type; with parts, a tuple.
    type C: Copy;
    /// What it needs of the call that only some callbacks have.
    type Scratch: 'c;

    /// Checks the argument and wraps it.
    ///
    /// # Errors
    ///
    /// When the argument breaks NDIS's contract.
    ///
    /// # Safety
    ///
    /// NDIS passed `c` with this call. Called at most once per call.
    unsafe fn from_c(c: Self::C, state: &'c State, scratch: &'c Self::Scratch) -> Result<Self, Refusal>;
}

#[diagnostic::do_not_recommend]
// SAFETY: as for `FromC`.
unsafe impl<'c, K, const I: usize, A> Argument<'c, K, I, A> for A
where
    A: FromC<'c>,
    K: Place<'c, I, C = A::C> + Callback<Scratch = A::Scratch>,
{
    type Context = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<K>) -> Result<A, Refusal> {
        // SAFETY: the arguments are those in this place, and it is called once, guaranteed by the caller.
        unsafe { A::from_c(K::argument(call.raw), &call.state, call.scratch()) }
    }
}

/// Writes [`FromC`] for a type: what is done with the C argument, the state of the call and its scratch.
macro_rules! from_c {
    ($name:ident $(<$lifetime:lifetime>)? from $c:ty; |$raw:pat_param, $state:pat_param| $body:block) => {
        crate::boundary::argument::from_c! { $name $(<$lifetime>)? from $c, (); |$raw, $state, _| $body }
    };
    ($name:ident $(<$lifetime:lifetime>)? from $c:ty, $scratch:ty;
        |$raw:pat_param, $state:pat_param, $in:pat_param| $body:block) => {
        // SAFETY: it is made from the argument, and borrows the call.
        unsafe impl<'c> crate::boundary::argument::FromC<'c> for $name $(<$lifetime>)? {
            type C = $c;
            type Scratch = $scratch;

            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn from_c(
                $raw: $c,
                $state: &'c crate::boundary::call::State,
                $in: &'c $scratch,
            ) -> Result<Self, crate::boundary::call::Refusal> {
                $body
            }
        }
    };
}
pub(crate) use from_c;

/// Borrows the context in place `I` for the call.
///
/// # Safety
///
/// As for [`Argument::receive`].
#[cfg(not(debug_assertions))]
#[inline(always)]
pub(crate) unsafe fn lend<'c, K: Place<'c, I>, T: 'static, const I: usize>(
    call: &'c Call<K>,
) -> Result<&'c ContextBlock<T>, Refusal> {
    // A plain handle has no block.
    if is_opaque::<T>() {
        return Err(BreachKind::ForeignContext.into());
    }
    // SAFETY: a context NDIS passes was registered as one, and is alive while NDIS calls with it.
    let block = unsafe { ContextBlock::<T>::from_raw(K::handle(call.raw)) }?;
    call.state.lend(block.cast());
    // SAFETY: as above.
    let lent = unsafe { block.as_ref() };
    if lent.header.poisoned.load(Ordering::Acquire) {
        if !matches!(K::ANSWERS.poisoned, Answer::Run) {
            return Err(BreachKind::Poisoned.into());
        }
        call.state.run_poisoned();
    }
    match K::ENDS {
        Ends::Never => {}
        Ends::Always => call.state.ends(block.cast()),
        Ends::OnSuccess => call.state.ends_on_success(block.cast()),
    }
    Ok(lent)
}

/// The same.
///
/// # Safety
///
/// As for [`Argument::receive`].
#[cfg(debug_assertions)]
pub(crate) unsafe fn lend<'c, K: Place<'c, I>, T: 'static, const I: usize>(
    call: &'c Call<K>,
) -> Result<&'c ContextBlock<T>, Refusal> {
    let value = const { (core::any::TypeId::of::<T>(), align_of::<ContextBlock<T>>()) };
    let runs_poisoned = const { matches!(K::ANSWERS.poisoned, Answer::Run) };
    // A plain handle has no block.
    if is_opaque::<T>() {
        return Err(BreachKind::ForeignContext.into());
    }
    // SAFETY: guaranteed by the caller; the header is that of a block of this type.
    match unsafe { lend_header(&call.state, K::handle(call.raw), value, runs_poisoned, K::ENDS) } {
        // SAFETY: the context is alive during the call; one that ends with it is freed when the function has returned.
        Ok(header) => Ok(unsafe { core::mem::transmute::<NonNull<Header>, &ContextBlock<T>>(header) }),
        Err(refusal) => Err(refusal),
    }
}

/// [`lend`] with types as values: a build with debug assertions compiles it once for all.
///
/// # Safety
///
/// As for [`Argument::receive`]: `raw` is a context that NDIS passed.
#[cfg(debug_assertions)]
unsafe fn lend_header(
    state: &State,
    raw: crate::sys::NDIS_HANDLE,
    value: (core::any::TypeId, usize),
    runs_poisoned: bool,
    ends: Ends,
) -> Result<NonNull<Header>, Refusal> {
    // SAFETY: a context NDIS passes was registered as one, and is alive while NDIS calls with it.
    let header = unsafe { Header::from_raw(raw, value) }?;
    state.lend(header);
    // SAFETY: as above.
    if unsafe { header.as_ref() }.poisoned.load(Ordering::Acquire) {
        if !runs_poisoned {
            return Err(BreachKind::Poisoned.into());
        }
        state.run_poisoned();
    }
    match ends {
        Ends::Never => {}
        Ends::Always => state.ends(header),
        Ends::OnSuccess => state.ends_on_success(header),
    }
    Ok(header)
}

/// Writes [`Argument`] for a type that lends a context of the driver's: for the forms in which the catalogue names it.
macro_rules! lent {
    ($($ty:ty = $($taken:ty),+; |$call:ident| $body:expr;)*) => {
        $($(
            #[diagnostic::do_not_recommend]
            // SAFETY: a context is alive during the call.
            unsafe impl<'c, K: Place<'c, I>, const I: usize, T: 'static> Argument<'c, K, I, $taken> for $ty {
                type Context = T;

                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn receive($call: &'c Call<K>) -> Result<$ty, Refusal> {
                    // SAFETY: guaranteed by the caller.
                    unsafe { $body }
                }
            }
        )+)*
    };
}

lent! {
    &'c T = &'c words::T, Option<&'c words::T>; |call| match lend::<K, T, I>(call) {
        Ok(block) => Ok(&block.value),
        Err(refusal) => Err(refusal),
    };
    ContextRef<'c, T> = &'c words::T, Option<&'c words::T>; |call| match lend::<K, T, I>(call) {
        Ok(block) => Ok(ContextRef::new(block)),
        Err(refusal) => Err(refusal),
    };
    Option<&'c T> = Option<&'c words::T>; |call| match K::handle(call.raw).is_null() {
        true => Ok(None),
        false => match lend::<K, T, I>(call) {
            Ok(block) => Ok(Some(&block.value)),
            Err(refusal) => Err(refusal),
        },
    };
}

#[diagnostic::do_not_recommend]
// SAFETY: a handle that comes back is the driver's from the call on.
unsafe impl<'c, K: Place<'c, I>, const I: usize, T: 'static> Argument<'c, K, I, Handle<words::T>> for Handle<T> {
    type Context = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<K>) -> Result<Handle<T>, Refusal> {
        // SAFETY: guaranteed by the caller.
        Ok(unsafe { Handle::receive(K::handle(call.raw)) }?)
    }
}

/// Writes [`Argument`] for C types: any parameter can be taken as C passes it, with its parts as a tuple.
macro_rules! raw {
    ($([$($parameter:ident $(: $bound:ident)?),*] $c:ty;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            // SAFETY: it is what C passed, a plain value.
            unsafe impl<'c, K, const I: usize, X $(, $parameter $(: $bound)?)*> Argument<'c, K, I, X> for $c
            where
                K: Place<'c, I, C = $c>,
            {
                type Context = ();

                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn receive(call: &'c Call<K>) -> Result<$c, Refusal> {
                    call.state.taken.set(true);
                    Ok(K::argument(call.raw))
                }
            }
        )*
    };
}

raw! {
    [P] *mut P;
    [P] *const P;
    [A: Copy, B: Copy] (A, B);
    [A: Copy, B: Copy, C: Copy] (A, B, C);
    [A: Copy, B: Copy, C: Copy, D: Copy] (A, B, C, D);
    [] i32;
    [] u32;
}
