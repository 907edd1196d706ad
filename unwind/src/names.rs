//! What else is needed of a runtime library, and how to stop.

/// The compiler names it in a crate that uses floating point, to have C's formatting functions linked.
#[cfg(target_env = "msvc")]
#[unsafe(no_mangle)]
pub(crate) static _fltused: i32 = 0x9875;

/// Stops the machine: `__fastfail(FAST_FAIL_FATAL_APP_EXIT)`, which runs no handler. In a kernel that is a bugcheck
/// KERNEL_SECURITY_CHECK_FAILURE with 7 as its first parameter.
pub(crate) fn fail_fast() -> ! {
    // SAFETY: it does not return, so it has no effect that could break anything.
    unsafe { core::arch::asm!("int 0x29", in("ecx") 7, options(noreturn, nostack)) }
}
