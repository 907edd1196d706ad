//! The roles of C parameters: what is done with each before the function runs, and when it does not run at all.

use core::marker::PhantomData;

use crate::breach::BreachKind;
use crate::call::State;
use crate::sys::PVOID;

/// What a C parameter is for the driver; see the table in the catalogue's documentation.
///
/// # Safety
///
/// Its functions touch nothing but what the role says NDIS passed.
pub unsafe trait Role<Raw: Copy> {
    /// None of the functions touches the state of the call, and no argument in this role retires a context. Such roles let
    /// the compiler leave out what notes and asks for it.
    const PLAIN: bool = false;

    /// The argument is a context of the driver's that the function sees.
    const IS_CONTEXT: bool = false;

    /// Makes an out parameter ready, or takes note of what an argument says of the whole call.
    ///
    /// # Safety
    ///
    /// NDIS passed `raw`.
    #[inline(always)]
    unsafe fn prepare(_raw: Raw, _state: &State) -> Result<(), BreachKind> {
        Ok(())
    }

    /// A handle of the driver's, or an out parameter; NULL for all else.
    #[inline(always)]
    fn pointer(_raw: Raw) -> PVOID {
        core::ptr::null_mut()
    }

    /// Settles what the driver would have owned, had its function run.
    ///
    /// # Safety
    ///
    /// NDIS passed `raw`, and the function did not get it.
    unsafe fn refuse(_raw: Raw, _state: &State) {}
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident $(<$slot:ident>)?;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $name $(<$slot>(PhantomData<$slot>))?;
        )*
    };
}

roles! {
    /// The driver's context in slot `S`, shared for the call.
    Lent<S>;
    /// As [`Lent`], but NDIS may pass NULL.
    NullableLent<S>;
    /// The driver's handle in slot `S` comes back at entry.
    GivenBack<S>;
    /// The driver's context in slot `S`, shared for the call and dropped after it.
    Retired<S>;
    /// Where the runtime writes the handle the function made.
    MadeOut;
    /// A structure NDIS owns.
    View;
    /// A request that is answered now or later.
    Operation;
    /// Something the driver owns from here on.
    Owned;
    /// A handle of NDIS's own.
    NdisHandle;
    /// A plain value.
    Value;
    /// Flags or an action that also say at which IRQL NDIS calls.
    IrqlFlags;
    /// An out value written from the function's result.
    Out;
}

/// Roles with nothing to make ready and nothing to settle.
macro_rules! passive {
    ($($role:ident $(<$slot:ident>)?),*) => {
        $(
            // SAFETY: nothing is touched.
            unsafe impl<Raw: Copy $(, $slot)?> Role<Raw> for $role $(<$slot>)? {
                const PLAIN: bool = true;
            }
        )*
    };
}

passive!(View, Operation, NdisHandle, Value);

/// Roles of the driver's handles: whether they are plain, and contexts.
macro_rules! handles {
    ($($role:ident: $plain:literal, $is_context:literal;)*) => {
        $(
            // SAFETY: nothing is touched.
            unsafe impl<X, S> Role<*mut X> for $role<S> {
                const PLAIN: bool = $plain;
                const IS_CONTEXT: bool = $is_context;

                #[inline(always)]
                fn pointer(raw: *mut X) -> PVOID {
                    raw.cast()
                }
            }
        )*
    };
}

// A retired context is freed when the function has returned.
handles! {
    Lent: true, true;
    NullableLent: true, true;
    Retired: false, true;
    GivenBack: true, false;
}

// SAFETY: writes the out value, after the checks that can be made.
unsafe impl<X> Role<*mut *mut X> for MadeOut {
    const PLAIN: bool = true;

    #[inline(always)]
    fn pointer(raw: *mut *mut X) -> PVOID {
        raw.cast()
    }

    #[inline(always)]
    unsafe fn prepare(raw: *mut *mut X, _state: &State) -> Result<(), BreachKind> {
        // SAFETY: the out parameter of a callback is valid for writes, by NDIS's contract.
        unsafe { write_out(raw, core::ptr::null_mut()) }
    }
}

// SAFETY: as above.
unsafe impl<X: Copy + Default> Role<*mut X> for Out {
    const PLAIN: bool = true;

    #[inline(always)]
    fn pointer(raw: *mut X) -> PVOID {
        raw.cast()
    }

    #[inline(always)]
    unsafe fn prepare(raw: *mut X, _state: &State) -> Result<(), BreachKind> {
        // SAFETY: as above.
        unsafe { write_out(raw, X::default()) }
    }
}

/// Writes an out value, unless the pointer cannot be one.
///
/// # Safety
///
/// `raw`, if it is not NULL and aligned, is valid for writes.
#[inline(always)]
unsafe fn write_out<X>(raw: *mut X, value: X) -> Result<(), BreachKind> {
    if raw.is_null() {
        return Err(BreachKind::NullPointer);
    }
    if !raw.is_aligned() {
        return Err(BreachKind::MisalignedPointer);
    }
    // SAFETY: by the caller's word.
    unsafe { raw.write(value) };
    Ok(())
}
