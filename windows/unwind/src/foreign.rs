//! Exceptions that are not ours go through our frames, to a handler further out. Whatever it does, no destructor runs.

use core::ffi::c_void;
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::call::{Call, boundary};
use crate::kernel::{routine, unicode};
use crate::report::Report;

core::arch::global_asm!(
    include_str!("function.s"),
    // void call_guarded(body, call): a frame whose handler gets the exceptions of its callees, like `__try`.
    "function call_guarded",
    ".seh_handler {handler}, @unwind, @except",
    "sub rsp, 40",
    ".seh_stackalloc 40",
    ".seh_endprologue",
    "mov rax, rcx",
    "mov rcx, rdx",
    "call rax",
    "nop",
    ".globl behind_guarded_call",
    "behind_guarded_call:",
    "nop",
    "add rsp, 40",
    "ret",
    ".seh_endproc",
    ".purgem function",
    handler = sym handler,
);

#[expect(improper_ctypes, reason = "a pointer, which assembly hands on")]
unsafe extern "C-unwind" {
    fn call_guarded(body: extern "C-unwind" fn(&Call), call: &Call);
    fn behind_guarded_call();
}

/// EXCEPTION_RECORD.
#[repr(C)]
struct Exception {
    code: u32,
    flags: u32,
    next: *const Exception,
    address: *const c_void,
    parameters: u32,
    information: [usize; 15],
}

/// What the handler does with an exception of this code: lets the program go on where it was raised.
const CONTINUES: u32 = 0xE0C0_0001;
/// Unwinds to its own frame.
const UNWINDS: u32 = 0xE0C0_0002;

static TAKEN: AtomicUsize = AtomicUsize::new(0);

extern "system-unwind" fn handler(
    exception: &Exception,
    frame: *const c_void,
    context: *const c_void,
    _: *const c_void,
) -> i32 {
    const CONTINUE_EXECUTION: i32 = 0;
    const CONTINUE_SEARCH: i32 = 1;
    if exception.flags != 0 {
        return CONTINUE_SEARCH; // it unwinds already
    }
    TAKEN.fetch_add(1, Relaxed);
    if exception.code == CONTINUES {
        return CONTINUE_EXECUTION;
    }
    type UnwindEx = unsafe extern "system-unwind" fn(
        frame: *const c_void,
        to: *const c_void,
        exception: &Exception,
        value: usize,
        context: *const c_void,
        history: *const c_void,
    ) -> !;
    // SAFETY: that function has this type.
    let unwind: UnwindEx = unsafe { core::mem::transmute(routine(&unicode!(b"RtlUnwindEx"))) };
    // SAFETY: the frame and the context are the dispatcher's, and the place is in that frame's function.
    unsafe { unwind(frame, behind_guarded_call as *const c_void, exception, 0, context, ptr::null()) }
}

/// In a frame of its own, so that the callers are behind a call of this image.
#[inline(never)]
fn raise(code: u32) {
    raise_here(code);
}

#[inline(always)]
fn raise_here(code: u32) {
    type RaiseException = extern "system-unwind" fn(&Exception);
    // SAFETY: that function has this type.
    let raise: RaiseException = unsafe { core::mem::transmute(routine(&unicode!(b"RtlRaiseException"))) };
    raise(&Exception { code, flags: 0, next: ptr::null(), address: ptr::null(), parameters: 0, information: [0; 15] });
}

extern "C-unwind" fn goes_on(call: &Call) {
    let _guard = call.guard("guard");
    raise(CONTINUES);
    call.note("continued");
}

extern "C-unwind" fn goes_on_in_a_boundary(call: &Call) {
    boundary(|| {
        goes_on(call);
        0
    });
}

/// Has destructors, but none to run when the exception comes.
extern "C-unwind" fn nothing_pending(call: &Call) {
    raise(UNWINDS);
    let _guard = call.guard("guard");
    call.note("not reached");
}

extern "C-unwind" fn guard_pending(call: &Call) {
    let _guard = call.guard("guard");
    raise(UNWINDS);
    call.note("not reached");
}

/// Raises it itself, so that it is at the place of the exception and not behind a call of this image.
extern "C-unwind" fn guard_pending_here(call: &Call) {
    let _guard = call.guard("guard");
    raise_here(UNWINDS);
}

/// Nothing to drop, but its boundary's caller does not expect to be left.
extern "C-unwind" fn in_a_boundary(_: &Call) {
    let status = boundary(|| {
        raise(UNWINDS);
        0
    });
    assert!(status == 0, "no panic");
}

/// A foreign handler unwinds over a destructor: this must not come back.
pub(crate) fn unwind_over_destructor(call: &Call) {
    // SAFETY: assembly that does what it says.
    unsafe { call_guarded(guard_pending, call) };
}

/// The same where the frame with the destructor is the one that raises.
pub(crate) fn unwind_from_destructor(call: &Call) {
    // SAFETY: as above.
    unsafe { call_guarded(guard_pending_here, call) };
}

/// The same out of a boundary.
pub(crate) fn unwind_out_of_boundary(call: &Call) {
    // SAFETY: as above.
    unsafe { call_guarded(in_a_boundary, call) };
}

pub(crate) fn check(report: &mut Report<'_>) {
    TAKEN.store(0, Relaxed);
    for (name, body, log) in [
        ("goes on", goes_on as extern "C-unwind" fn(&Call), "continued guard"),
        ("goes on in a boundary", goes_on_in_a_boundary, "continued guard"),
        ("unwinds a frame with nothing to drop", nothing_pending, ""),
        ("unwinds again", nothing_pending, ""),
    ] {
        report.about(name, 0);
        let call = Call::new(0);
        // SAFETY: assembly that does what it says.
        unsafe { call_guarded(body, &call) };
        report.check("drops, in order", call.log.borrow().as_str(), log);
    }
    report.check("exceptions taken", TAKEN.load(Relaxed), 4);
}
