//! How many instructions a callback executes, counted one by one: the processor's trap flag makes each an exception, and
//! a handler of exceptions counts them. Exact, and the same in every run of the same programs.

use std::arch::asm;
use std::ffi::c_void;
use std::sync::Once;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

use unwind_cost_callbacks::Callback;

const SINGLE_STEP: u32 = 0x8000_0004;
const TRAP_FLAG: u32 = 1 << 8;
const CONTINUE_EXECUTION: i32 = -1;
const CONTINUE_SEARCH: i32 = 0;

/// The start of a CONTEXT for x86_64, of which this is used.
#[repr(C)]
struct Context {
    before: [u8; 0x44],
    flags: u32,
    between: [u8; 0x50],
    rsp: usize,
    integers: [u64; 11],
    rip: usize,
}

#[repr(C)]
struct Pointers {
    code: *const u32,
    context: *mut Context,
}

#[link(name = "kernel32")]
unsafe extern "system" {
    fn AddVectoredExceptionHandler(
        first: u32,
        handler: unsafe extern "system" fn(*const Pointers) -> i32,
    ) -> *mut c_void;
}

/// The callback, until its first instruction is the next.
static CALLBACK: AtomicUsize = AtomicUsize::new(0);
/// Its rsp then.
static STACK: AtomicUsize = AtomicUsize::new(0);
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The instructions from the callback's first to its return, both included.
pub(crate) fn count(callback: Callback, argument: u32) -> u64 {
    static HANDLER: Once = Once::new();
    // SAFETY: the handler is a function that stays, and minds only the exceptions that are caused here.
    HANDLER.call_once(|| assert!(!unsafe { AddVectoredExceptionHandler(1, step) }.is_null()));
    callback(argument); // what is done once in a process is done
    COUNT.store(0, Relaxed);
    CALLBACK.store(callback as usize, Relaxed);
    // SAFETY: sets the trap flag and leaves the stack as it was. The handler clears the flag.
    unsafe { asm!("pushfq", "or qword ptr [rsp], {flag}", "popfq", flag = const TRAP_FLAG) };
    callback(argument);
    COUNT.load(Relaxed)
}

/// # Safety
///
/// Windows calls it with what it has of an exception.
unsafe extern "system" fn step(pointers: *const Pointers) -> i32 {
    // SAFETY: as promised, and nobody else uses either now.
    let (code, context) = unsafe { (*(*pointers).code, &mut *(*pointers).context) };
    if code != SINGLE_STEP {
        return CONTINUE_SEARCH;
    }
    context.flags |= TRAP_FLAG;
    if CALLBACK.load(Relaxed) != 0 {
        // Still on the way to the callback.
        if context.rip == CALLBACK.load(Relaxed) {
            CALLBACK.store(0, Relaxed);
            STACK.store(context.rsp, Relaxed);
        }
        return CONTINUE_EXECUTION;
    }
    COUNT.fetch_add(1, Relaxed);
    if context.rsp > STACK.load(Relaxed) {
        // It has returned.
        context.flags &= !TRAP_FLAG;
    }
    CONTINUE_EXECUTION
}
