//! The personality function, which the compiler names in every function that has destructors to run; and that of the
//! boundary.
//!
//! The unwinder knows them by their addresses and does not call them. The operating system calls them when a structured
//! exception, which is not Rust's, goes through a frame: a fault, or `ExRaiseStatus` in a function that the driver
//! called.

use core::ffi::c_void;

use crate::Refusal;
use crate::frame::Program;
use crate::names::fail_fast;
use crate::tables::Pending;

/// EXCEPTION_UNWINDING, EXCEPTION_EXIT_UNWIND, EXCEPTION_TARGET_UNWIND and EXCEPTION_COLLIDED_UNWIND.
const UNWINDING: u32 = 0x66;
/// ExceptionContinueSearch.
const CONTINUE_SEARCH: i32 = 1;

/// The start of EXCEPTION_RECORD.
#[repr(C)]
pub(crate) struct ExceptionRecord {
    code: u32,
    flags: u32,
    next: u64,
    address: u64,
}

/// The start of DISPATCHER_CONTEXT.
#[repr(C)]
pub(crate) struct DispatcherContext {
    control_pc: u64,
}

/// Declines every exception. But where somebody else caught one and now unwinds, this frame's destructors would be left
/// out, on which other code may rely: then the machine stops.
///
/// # Safety
///
/// The operating system calls it.
#[cfg_attr(target_env = "msvc", unsafe(export_name = "__CxxFrameHandler3"))]
#[cfg_attr(target_env = "gnu", unsafe(export_name = "rust_eh_personality"))]
pub(crate) unsafe extern "C-unwind" fn personality(
    record: *const ExceptionRecord,
    _frame: *mut c_void,
    _context: *mut c_void,
    dispatcher: *const DispatcherContext,
) -> i32 {
    // SAFETY: both are the operating system's and describe the exception and this frame.
    let (record, dispatcher) = unsafe { (&*record, &*dispatcher) };
    // The frame is behind a call; or at the instruction that faulted, where the exception's address is. That address may
    // as well be behind the call that raised it, and nothing tells which. So neither may have anything to clean up.
    let pc = dispatcher.control_pc;
    let at_fault = pc.wrapping_add(u64::from(pc == record.address));
    let has_nothing = |return_to| pending(return_to) == Ok(Pending::Nothing);
    if record.flags & UNWINDING != 0 && !(has_nothing(pc) && has_nothing(at_fault)) {
        fail_fast();
    }
    CONTINUE_SEARCH
}

/// The same for the boundary. Its callers do not expect that anything unwinds out of it, so their tables do not tell
/// what they have to clean up.
///
/// # Safety
///
/// The operating system calls it.
pub(crate) unsafe extern "C-unwind" fn boundary(
    record: *const ExceptionRecord,
    _frame: *mut c_void,
    _context: *mut c_void,
    _dispatcher: *const DispatcherContext,
) -> i32 {
    // SAFETY: it is the operating system's and describes the exception.
    if unsafe { (*record).flags } & UNWINDING != 0 {
        fail_fast();
    }
    CONTINUE_SEARCH
}

fn pending(return_to: u64) -> Result<Pending, Refusal> {
    let program = Program::this()?;
    program.pending(&program.frame(return_to)?)
}
