//! Breadcrumbs: what the stack of a call says of the call, to a panic handler and to a debugger.
//!
//! A panic handler is told where the panic was, but not in which callback. Kernel code has no thread-local variables, and
//! a global one would mix the calls of several processors. So each entry leaves a breadcrumb in its own frame: a few
//! stores. The handler searches its stack for the innermost one.
#![cfg_attr(not(windows), allow(dead_code))] // nobody searches there

use core::mem::MaybeUninit;

use super::Running;

/// In front of what an entry says of its call.
#[repr(C)]
struct Breadcrumb {
    /// Where this is, so that no copy counts, with the bits of `KEY` inverted, so that no other pointer to here counts.
    mark: usize,
    running: Running,
}

/// Random bits.
const KEY: usize = 0x9d3c_51a7_e86b_42f1_u64 as usize;

/// Runs `body` with a breadcrumb below it on the stack.
#[inline(always)]
pub(super) fn lay<R>(running: Running, body: impl FnOnce() -> R) -> R {
    let mut breadcrumb = MaybeUninit::<Breadcrumb>::uninit();
    let at = breadcrumb.as_mut_ptr();
    // SAFETY: it is this function's own. Volatile, since no code that the compiler sees reads it.
    unsafe {
        (&raw mut (*at).running.site).write_volatile(running.site);
        (&raw mut (*at).running.context).write_volatile(running.context);
        (&raw mut (*at).running.state).write_volatile(running.state);
        (&raw mut (*at).mark).write_volatile(at.addr() ^ KEY);
    }
    let result = body();
    // SAFETY: as above. Later frames in its place may leave it untouched.
    unsafe { (&raw mut (*at).mark).write_volatile(0) };
    result
}

/// The call that runs innermost on the current stack.
#[cfg(any(doc, all(windows, not(feature = "std"))))]
#[cold]
pub(crate) fn innermost_call() -> Option<Running> {
    let (mut low, mut high) = (0, 0);
    // SAFETY: both are valid for writes; it may be called at any IRQL.
    unsafe { crate::ntoskrnl::IoGetStackLimits(&mut low, &mut high) };
    let here = (&raw const low).addr();
    if !(low..high).contains(&here) {
        return None; // on a stack that the kernel does not know
    }
    (here..high - size_of::<Breadcrumb>()).step_by(align_of::<Breadcrumb>()).find_map(|address| {
        let breadcrumb = core::ptr::with_exposed_provenance::<Breadcrumb>(address);
        // SAFETY: the stack is mapped from here to its limit, and this processor's. What is read is what the frames of
        // other functions hold, which the compiler knows nothing of: volatile, and looked at as numbers only.
        let mark = unsafe { (&raw const (*breadcrumb).mark).read_volatile() };
        // SAFETY: a mark is written into a breadcrumb, after the rest of it, and erased before the frame ends.
        (mark == address ^ KEY).then(|| unsafe { (&raw const (*breadcrumb).running).read_volatile() })
    })
}

impl Running {
    /// Whether the call has no answer to a panic.
    pub(super) fn is_fatal(&self) -> bool {
        // SAFETY: the call is running, on this thread, and its state is in its frame.
        match unsafe { self.state.as_ref() } {
            Some(state) => state.runs_poisoned() || self.site.is_fatal && !state.is_unchecked(),
            None => self.site.is_fatal,
        }
    }
}
