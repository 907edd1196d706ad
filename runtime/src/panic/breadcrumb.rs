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
    /// The inverse of the address of this, which nothing else has a reason to hold here.
    mark: usize,
    running: Running,
}

/// Runs `body` with a breadcrumb below it on the stack.
#[inline(always)]
pub(super) fn lay<R>(running: Running, body: impl FnOnce() -> R) -> R {
    let mut breadcrumb = MaybeUninit::<Breadcrumb>::uninit();
    let at = breadcrumb.as_mut_ptr();
    // SAFETY: it is this function's own. Volatile, since no code that the compiler sees reads it.
    unsafe {
        (&raw mut (*at).running.site).write_volatile(running.site);
        (&raw mut (*at).running.context).write_volatile(running.context);
        if running.site.has_state {
            (&raw mut (*at).running.state).write_volatile(running.state);
        }
        (&raw mut (*at).mark).write_volatile(!at.addr());
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
        // other functions hold, which the compiler knows nothing of: volatile, and looked at as a number only.
        let mark = unsafe { (&raw const (*breadcrumb).mark).read_volatile() };
        if mark != !address {
            return None;
        }
        // SAFETY: a mark is written into a breadcrumb after what the site says is there, and erased before the frame ends.
        unsafe {
            let running = &raw const (*breadcrumb).running;
            let site = (&raw const (*running).site).read_volatile();
            let context = (&raw const (*running).context).read_volatile();
            let state = if site.has_state { (&raw const (*running).state).read_volatile() } else { core::ptr::null() };
            Some(Running { site, context, state })
        }
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
