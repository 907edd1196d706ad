//! Breadcrumbs: what the stack of a call says of the call, to a panic handler and to a debugger.
//!
//! A panic handler is told where the panic was, but not in which callback. Kernel code has no thread-local variables, and
//! a global one would mix the calls of several processors. So each entry leaves a breadcrumb in its own frame: a few
//! stores. The handler searches its stack for the innermost one.
#![cfg_attr(not(windows), allow(dead_code))] // nobody searches there

use core::mem::MaybeUninit;

use super::{CallSite, PanicAt};

/// In front of what an entry says of its call.
#[repr(C)]
struct Breadcrumb {
    /// The inverse of the address of this, which nothing else has a reason to hold here.
    mark: usize,
    running: CallSite,
}

/// Runs `body` with a breadcrumb below it on the stack.
#[inline(always)]
pub(super) fn with_breadcrumb<R>(running: CallSite, body: impl FnOnce() -> R) -> R {
    let mut breadcrumb = MaybeUninit::<Breadcrumb>::uninit();
    let at = breadcrumb.as_mut_ptr();
    // SAFETY: it is this function's own. Volatile, since no code that the compiler sees reads it.
    unsafe {
        (&raw mut (*at).running.site).write_volatile(running.site);
        (&raw mut (*at).running.context).write_volatile(running.context);
        if let PanicAt::Depends(_) = running.site.panic {
            (&raw mut (*at).running.call).write_volatile(running.call);
        }
        (&raw mut (*at).mark).write_volatile(!at.expose_provenance());
    }
    let result = body();
    // SAFETY: as above. Later frames in its place may leave it untouched.
    unsafe { (&raw mut (*at).mark).write_volatile(0) };
    result
}

/// The call that runs innermost on the current stack.
#[cfg(any(doc, ndis_image))]
#[cold]
pub(crate) fn innermost_call() -> Option<CallSite> {
    let (mut low, mut high) = (0, 0);
    // SAFETY: both are valid for writes; it may be called at any IRQL.
    unsafe { crate::contract::ntoskrnl::IoGetStackLimits(&mut low, &mut high) };
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
            let call = match site.panic {
                PanicAt::Depends(_) => (&raw const (*running).call).read_volatile(),
                _ => core::ptr::NonNull::dangling(),
            };
            Some(CallSite { site, context, call })
        }
    })
}

impl CallSite {
    /// Whether a panic in the call stops the machine, where others are contained.
    pub(super) fn is_fatal(&self) -> bool {
        match self.site.panic {
            PanicAt::IsContained => false,
            PanicAt::IsFatal => true,
            // SAFETY: the call of the breadcrumb, which runs on this thread.
            PanicAt::Depends(must_stop) => unsafe { must_stop(self.call) },
        }
    }
}
