//! The one boundary no panic crosses into C.

/// A panic was caught.
#[cfg(feature = "std")]
pub(crate) struct Caught(std::boxed::Box<dyn core::any::Any + Send>);

/// No panic is caught.
#[cfg(not(feature = "std"))]
pub(crate) enum Caught {}

/// Runs `body`; a panic in it ends here.
///
/// | build | what happens to a panic |
/// |---|---|
/// | `std` | caught; the payload is dropped inside a second boundary |
/// | without `std` | not caught: the driver's `#[panic_handler]` decides, which in a kernel means a bugcheck |
#[cfg(feature = "std")]
#[inline(always)]
pub(crate) fn boundary<R>(body: impl FnOnce() -> R) -> Result<R, Caught> {
    // Unwind safety: whatever the panic left half-changed is reachable only through the contexts lent to the call,
    // and those are poisoned.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).map_err(Caught)
}

/// Runs `body`; see the `std` twin of this function.
#[cfg(not(feature = "std"))]
#[inline(always)]
pub(crate) fn boundary<R>(body: impl FnOnce() -> R) -> Result<R, Caught> {
    Ok(body())
}

impl Caught {
    /// Drops the payload, inside a second boundary.
    #[cfg(feature = "std")]
    pub(crate) fn discard(self) {
        // A payload whose destructor panics leaves another payload; that one is leaked, so this ends.
        if let Err(second) = boundary(|| drop(self.0)) {
            core::mem::forget(second);
        }
    }

    #[cfg(not(feature = "std"))]
    pub(crate) fn discard(self) {
        match self {}
    }
}

#[cfg(all(feature = "std", panic = "abort"))]
compile_error!(
    "the `std` feature of `ndis` promises that panics are caught, which `panic = \"abort\"` makes impossible: \
     remove `panic = \"abort\"` from this profile, or build without the `std` feature"
);
