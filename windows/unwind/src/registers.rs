//! The registers that a call must keep: rbx, rbp, rsi, rdi, r12 to r15, and all of xmm6 to xmm15.

use core::sync::atomic::Ordering::Relaxed;

use crate::call::{Call, Callback, PANICS, STATUS_UNSUCCESSFUL, boundary};
use crate::report::Report;

core::arch::global_asm!(include_str!("function.s"), include_str!("registers.s"), caught = sym caught);

#[expect(improper_ctypes, reason = "a pointer, which assembly hands on")]
unsafe extern "C" {
    fn call_with_patterns(callback: Callback, call: &Call, status: &mut i32) -> u32;
    static wrong_callbacks: [Callback; GENERAL + 2 * XMM];
}

#[expect(improper_ctypes, reason = "a pointer, which assembly hands on")]
unsafe extern "C-unwind" {
    fn call_clobbered(body: extern "C-unwind" fn(&Call), call: &Call);
    fn call_clobbered_framed(body: extern "C-unwind" fn(&Call), call: &Call);
}

const GENERAL: usize = 8;
const XMM: usize = 10;

/// Calls the callback as C does. Returns its status, and a bit for each register that it should have kept and did not.
pub(crate) fn call(callback: Callback, call: &Call) -> (i32, u32) {
    let mut status = 0;
    // SAFETY: assembly that does what it says.
    let changed = unsafe { call_with_patterns(callback, call, &mut status) };
    (status, changed)
}

/// Panics for the input 1, below two frames that have overwritten all of the registers.
pub(crate) fn clobbered(call: &Call) {
    let _guard = call.guard("between");
    // SAFETY: assembly that does what it says; its frames can be unwound.
    unsafe { call_clobbered(framed, call) };

    extern "C-unwind" fn framed(call: &Call) {
        let _guard = call.guard("framed");
        // SAFETY: as above.
        unsafe { call_clobbered_framed(panics, call) };
    }
    extern "C-unwind" fn panics(call: &Call) {
        let _guard = call.guard("panics");
        assert!(call.input != 1, "all registers are overwritten");
    }
}

/// A function that saves all of them.
pub(crate) fn saves_all() -> *const () {
    call_clobbered as *const ()
}

extern "C" fn caught(call: &Call) -> i32 {
    boundary(|| {
        clobbered(call);
        0
    })
}

pub(crate) fn check(report: &mut Report<'_>) {
    let panics = PANICS.load(Relaxed);
    report.check("no panic", call(caught, &Call::new(0)), (0, 0));
    report.check("a caught panic", call(caught, &Call::new(1)), (STATUS_UNSUCCESSFUL, 0));
    // SAFETY: a table that nothing writes.
    for (n, wrong) in unsafe { &wrong_callbacks }.iter().enumerate() {
        let register = if n < GENERAL { n } else { GENERAL + (n - GENERAL) / 2 };
        report.check(
            "a register that is wrong on purpose",
            call(*wrong, &Call::new(1)),
            (STATUS_UNSUCCESSFUL, 1 << register),
        );
    }
    report.check("panics", PANICS.load(Relaxed) - panics, 1 + GENERAL + 2 * XMM);
}
