//! An exception that is not ours goes through our frames: they have cleanups, and must not run them. A handler further
//! out takes it and lets the program go on.

use core::ffi::c_void;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::call::Call;
use crate::kernel::{routine, unicode};
use crate::report::Report;

core::arch::global_asm!(
    // void call_guarded(body, call): takes the exceptions of its callees, like `__try` and `__except`.
    ".globl call_guarded",
    ".def call_guarded",
    ".scl 2",
    ".type 32",
    ".endef",
    ".seh_proc call_guarded",
    ".seh_handler {handler}, @except",
    "call_guarded:",
    "sub rsp, 40",
    ".seh_stackalloc 40",
    ".seh_endprologue",
    "mov rax, rcx",
    "mov rcx, rdx",
    "call rax",
    "nop",
    "add rsp, 40",
    "ret",
    ".seh_endproc",
    handler = sym handler,
);

unsafe extern "C-unwind" {
    fn call_guarded(body: extern "C-unwind" fn(&Call), call: &Call);
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

const CODE: u32 = 0xE0C0_FFEE;

static TAKEN: AtomicUsize = AtomicUsize::new(0);

extern "system" fn handler(exception: &Exception, _: *const c_void, _: *const c_void, _: *const c_void) -> i32 {
    const CONTINUE_EXECUTION: i32 = 0;
    const CONTINUE_SEARCH: i32 = 1;
    if exception.code != CODE || exception.flags != 0 {
        return CONTINUE_SEARCH;
    }
    TAKEN.fetch_add(1, Relaxed);
    CONTINUE_EXECUTION
}

extern "C-unwind" fn raises(call: &Call) {
    let _guard = call.guard("guard");
    let raise = routine(&unicode!(b"RtlRaiseException"));
    // SAFETY: that function has this type.
    let raise: extern "system-unwind" fn(&mut Exception) = unsafe { core::mem::transmute(raise) };
    let (next, address) = (core::ptr::null(), core::ptr::null());
    raise(&mut Exception { code: CODE, flags: 0, next, address, parameters: 0, information: [0; 15] });
    call.note("continued");
}

pub(crate) fn check(report: &mut Report<'_>) {
    let call = Call::new(0);
    TAKEN.store(0, Relaxed);
    // SAFETY: assembly that does what it says.
    unsafe { call_guarded(raises, &call) };
    report.check("the exception was taken", TAKEN.load(Relaxed), 1);
    report.check("drops, in order", call.log.borrow().as_str(), "continued guard");
}
