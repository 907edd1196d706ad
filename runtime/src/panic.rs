//! The one boundary no panic crosses into C.

/// A panic was caught.
pub(crate) struct Caught;

/// Runs `body`; a panic in it ends here.
///
/// | build | what happens to a panic |
/// |---|---|
/// | `std` | caught; the payload is dropped inside a second boundary |
/// | without `std` | not caught: the driver's `#[panic_handler]` decides, which in a kernel means a bugcheck |
#[cfg(feature = "std")]
#[inline]
pub(crate) fn boundary<R>(body: impl FnOnce() -> R) -> Result<R, Caught> {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[cold]
    fn discard(payload: std::boxed::Box<dyn core::any::Any + Send>) {
        // A payload whose destructor panics leaves another payload; that one is leaked, so this ends.
        if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            core::mem::forget(second);
        }
    }

    // Unwind safety: whatever the panic left half-changed is reachable only through the contexts lent to the call,
    // and those are poisoned.
    catch_unwind(AssertUnwindSafe(body)).map_err(|payload| {
        discard(payload);
        Caught
    })
}

/// Runs `body`; see the `std` twin of this function.
#[cfg(not(feature = "std"))]
#[inline]
pub(crate) fn boundary<R>(body: impl FnOnce() -> R) -> Result<R, Caught> {
    Ok(body())
}

#[cfg(all(feature = "std", panic = "abort"))]
compile_error!(
    "the `std` feature of `ndis` promises that panics are caught, which `panic = \"abort\"` makes impossible: \
     remove `panic = \"abort\"` from this profile, or build without the `std` feature"
);
