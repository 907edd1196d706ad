//! The one boundary no panic crosses into C.
//!
//! | build | what runs the body | what happens to a panic |
//! |---|---|---|
//! | `std` | `catch_unwind` | caught; the payload is dropped inside a second boundary |
//! | without features | a plain call, with a breadcrumb | not caught: the panic handler stops the machine |
//! | `panic-unwind` | the crate `ndis-unwind`, with a breadcrumb | caught, unless it must not be: then as without |

#[cfg(any(doc, not(feature = "std")))]
mod breadcrumb;
#[cfg(any(doc, ndis_image))]
mod handler;

#[cfg(any(doc, not(feature = "std")))]
use breadcrumb::with_breadcrumb;

use core::ptr::NonNull;

use crate::sys::NDIS_HANDLE;

#[cfg(any(doc, ndis_image))]
pub(crate) use breadcrumb::innermost_call;
#[cfg(any(doc, ndis_image))]
pub use handler::panicked;

/// Whether a panic in a callback ends there: with the feature `std` or `panic-unwind`. Without them it stops the machine.
///
/// ```
/// const _: () = assert!(ndis::PANICS_ARE_CONTAINED);
/// # assert!(cfg!(feature = "std"));
/// ```
pub const PANICS_ARE_CONTAINED: bool = cfg!(any(feature = "std", feature = "panic-unwind"));

/// What never changes about the calls of an entry.
#[derive(Debug)]
#[allow(dead_code, reason = "read by the panic handler of a kernel")]
pub(crate) struct Site {
    /// The callback's name in ndis.h.
    pub(crate) callback: &'static str,
    /// What a panic does, as far as that is known before the call.
    pub(crate) panic: PanicAt,
}

/// What a panic does in the calls of an entry, where panics can be contained.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "read by the panic handler of a kernel")]
pub(crate) enum PanicAt {
    /// It ends in the entry.
    IsContained,
    /// It stops the machine.
    IsFatal,
    /// A running call says whether it stops the machine.
    ///
    /// # Safety
    ///
    /// The function gets the call of the breadcrumb, while that runs.
    Depends(unsafe fn(NonNull<()>) -> bool),
}

/// A call that runs inside a boundary.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "read by the panic handler of a kernel")]
pub(crate) struct CallSite {
    pub(crate) site: &'static Site,
    /// The context handle that NDIS passed, or NULL.
    pub(crate) context: NDIS_HANDLE,
    /// The call, for a site that asks it.
    call: NonNull<()>,
}

impl CallSite {
    #[inline(always)]
    pub(crate) fn new(site: &'static Site, context: NDIS_HANDLE) -> CallSite {
        CallSite { site, context, call: NonNull::dangling() }
    }

    /// With the call, for a site that asks it.
    #[inline(always)]
    pub(crate) fn with<C>(self, call: &C) -> CallSite {
        CallSite { call: NonNull::from(call).cast(), ..self }
    }
}

/// A panic was caught.
#[cfg(feature = "std")]
pub(crate) struct Caught(std::boxed::Box<dyn core::any::Any + Send>);

/// A panic was caught.
#[cfg(all(not(feature = "std"), feature = "panic-unwind"))]
pub(crate) struct Caught(#[allow(dead_code)] ndis_unwind::Panicked);

/// No panic is caught.
#[cfg(not(any(feature = "std", feature = "panic-unwind")))]
pub(crate) enum Caught {}

/// Runs `body`; a panic in it ends here, where panics are contained.
#[cfg(feature = "std")]
#[inline(always)]
pub(crate) fn boundary<R>(_call: CallSite, body: impl FnOnce() -> R) -> Result<R, Caught> {
    // Unwind safety: whatever the panic left half-changed is reachable only through the contexts lent to the call,
    // and those are poisoned.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).map_err(Caught)
}

/// Runs `body`; see the `std` twin of this function.
#[cfg(all(not(feature = "std"), feature = "panic-unwind"))]
#[inline(always)]
pub(crate) fn boundary<R>(call: CallSite, body: impl FnOnce() -> R) -> Result<R, Caught> {
    with_breadcrumb(call, || ndis_unwind::catch(body)).map_err(Caught)
}

/// Runs `body`; see the `std` twin of this function.
#[cfg(not(any(feature = "std", feature = "panic-unwind")))]
#[inline(always)]
pub(crate) fn boundary<R>(call: CallSite, body: impl FnOnce() -> R) -> Result<R, Caught> {
    Ok(with_breadcrumb(call, body))
}

/// Runs what is no callback of NDIS and has no answer to a panic.
#[cfg(any(doc, ndis_image))]
pub(crate) fn run_fatal<R>(site: &'static Site, context: NDIS_HANDLE, body: impl FnOnce() -> R) -> R {
    with_breadcrumb(CallSite::new(site, context), body)
}

impl Caught {
    /// Drops the payload, inside a second boundary.
    #[cfg(feature = "std")]
    pub(crate) fn discard(self) {
        // A payload whose destructor panics leaves another payload; that one is leaked, so this ends.
        if let Err(second) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(self.0))) {
            core::mem::forget(second);
        }
    }

    /// There is no payload.
    #[cfg(not(feature = "std"))]
    pub(crate) fn discard(self) {}
}

#[cfg(all(feature = "std", panic = "abort"))]
compile_error!(
    "the `std` feature of `ndis` promises that panics are caught, which `panic = \"abort\"` makes impossible: \
     remove `panic = \"abort\"` from this profile, or build without the `std` feature"
);

#[cfg(all(feature = "std", feature = "panic-unwind"))]
compile_error!(
    "the features `std` and `panic-unwind` of `ndis` exclude each other: `std` is for tests on a host, `panic-unwind` for \
     the image of a driver; keep the image out of the workspace in which something turns `std` on"
);

// For another processor, or with panics that abort, `ndis-unwind` does not compile.
#[cfg(all(feature = "panic-unwind", not(feature = "std"), not(windows)))]
compile_error!(
    "the feature `panic-unwind` of `ndis` is for the image of a Windows driver: build it for a Windows target, or use the \
     feature `std`, with which panics are caught on a host"
);
