//! `catch`: the boundary a panic ends at.

use core::ffi::c_void;
use core::mem::ManuallyDrop;

/// A panic was caught by [`catch`]. It carries nothing: what there is to know, the panic handler was told.
#[derive(Debug)]
pub struct Panicked(());

unsafe extern "C" {
    /// Calls `run` with `call` and returns what it returns; or true, when a panic ended here. See `x86_64.s`.
    ///
    /// It is no "C-unwind", since no panic leaves it.
    pub(crate) fn ndis_unwind_catch(call: *mut c_void, run: unsafe extern "C-unwind" fn(*mut c_void) -> bool) -> bool;
}

/// Runs `body`; a panic in it that [`raise`](crate::raise()) was called for ends here.
///
/// What was on the stack between was dropped, in the order of an ordinary return. Whatever the panic left half changed
/// behind references is the caller's to distrust: nothing asks for [`UnwindSafe`](core::panic::UnwindSafe) here.
///
/// Boundaries nest, also inside a destructor that runs because of an outer panic.
///
/// When nothing panics it costs about 26 instructions: an indirect call, the boundary's frame, and the body and its
/// result, which go through memory. A body that is a `move` closure of what it uses costs least.
///
/// # Errors
///
/// [`Panicked`] when `body` panicked.
///
/// # IRQL
///
/// Any, as far as `body` allows it: this calls nothing else. A panic runs destructors at the IRQL it happens at. That
/// nothing else is needed at a raised IRQL is argued in the [crate's documentation](crate), not shown.
#[inline(always)]
pub fn catch<R>(body: impl FnOnce() -> R) -> Result<R, Panicked> {
    let mut call = Call::new(body);
    let run = Call::run_of(&call);
    // SAFETY: `run` is that of this very `Call`, whose body was not taken yet, and it runs once.
    let panicked = unsafe { ndis_unwind_catch((&raw mut call).cast(), run) };
    if panicked {
        // The body was moved out before it ran, and unwinding dropped what was left of it. There is no result.
        return Err(Panicked(()));
    }
    // SAFETY: `run` returned, so the result is there; it is taken once.
    Ok(ManuallyDrop::into_inner(unsafe { call.result }))
}

/// A call of a closure through a pointer: before it runs its body, afterwards its result.
union Call<F, R> {
    body: ManuallyDrop<F>,
    result: ManuallyDrop<R>,
}

impl<F: FnOnce() -> R, R> Call<F, R> {
    fn new(body: F) -> Call<F, R> {
        Call { body: ManuallyDrop::new(body) }
    }

    /// [`run`](Self::run) of a call whose type has no name.
    fn run_of(_: &Call<F, R>) -> unsafe extern "C-unwind" fn(*mut c_void) -> bool {
        Call::<F, R>::run
    }

    /// Runs the body. Returns false; where a panic ended, the unwinder returns true in its place.
    ///
    /// # Safety
    ///
    /// `call` points to a `Call<F, R>` that has its body, and that nobody else uses until this has returned.
    unsafe extern "C-unwind" fn run(call: *mut c_void) -> bool {
        // SAFETY: the caller lends the call.
        let call = unsafe { &mut *call.cast::<Call<F, R>>() };
        // SAFETY: the body is there, and is not used again.
        let body = unsafe { ManuallyDrop::take(&mut call.body) };
        call.result = ManuallyDrop::new(body());
        false
    }
}
