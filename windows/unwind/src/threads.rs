//! Many threads that panic at once: the unwinder keeps nothing that they could share.

use core::ffi::c_void;
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::call::{Call, PANICS, QUIET, STATUS_UNSUCCESSFUL};
use crate::callbacks::{clobbered, in_a_drop, levels};
use crate::kernel::{self, BLOCKS};
use crate::registers;
use crate::report::Report;

const THREADS: usize = 4;
const ROUNDS: usize = 5000;

static DONE: AtomicUsize = AtomicUsize::new(0);
static BAD: AtomicUsize = AtomicUsize::new(0);

extern "system-unwind" fn thread(_context: *const c_void) {
    for _ in 0..ROUNDS {
        let good = [(levels as crate::call::Callback, 1), (clobbered, 1), (in_a_drop, 0)]
            .into_iter()
            .all(|(callback, input)| registers::call(callback, &Call::new(input)) == (STATUS_UNSUCCESSFUL, 0));
        BAD.fetch_add(usize::from(!good), Relaxed);
    }
    DONE.fetch_add(1, Relaxed);
}

pub(crate) fn check(report: &mut Report<'_>) {
    let (blocks, panics) = (BLOCKS.load(Relaxed), PANICS.load(Relaxed));
    QUIET.store(true, Relaxed);
    DONE.store(0, Relaxed);
    BAD.store(0, Relaxed);
    for _ in 0..THREADS {
        let mut handle = ptr::null_mut();
        const ALL_ACCESS: u32 = 0x1f_ffff;
        // SAFETY: the thread uses no context.
        let status = unsafe {
            kernel::PsCreateSystemThread(
                &mut handle,
                ALL_ACCESS,
                ptr::null(),
                ptr::null(),
                ptr::null(),
                thread,
                ptr::null(),
            )
        };
        report.check("a thread", status, 0);
        // SAFETY: the handle is of that thread, which runs on without it.
        unsafe { kernel::ZwClose(handle) };
    }
    for _ in 0..6000 {
        if DONE.load(Relaxed) == THREADS {
            break;
        }
        kernel::pause();
    }
    QUIET.store(false, Relaxed);
    report.check("threads that came to their end", DONE.load(Relaxed), THREADS);
    report.check("rounds that went wrong", BAD.load(Relaxed), 0);
    report.check("caught panics", PANICS.load(Relaxed) - panics, THREADS * ROUNDS * 4);
    report.check("blocks of the pool that were not freed", BLOCKS.load(Relaxed) - blocks, 0);
}
