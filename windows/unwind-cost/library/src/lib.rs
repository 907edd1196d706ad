//! The driver's part of the image: its callbacks, its panic handler and its imports.
#![no_std]

use core::panic::PanicInfo;

use unwind_cost_callbacks::Callbacks;

mod memory;

/// The callbacks, whose panics end at `catch`.
#[cfg(feature = "contained")]
pub static CALLBACKS: Callbacks = Callbacks::behind::<Catch>();
/// The callbacks, whose panics stop the machine.
#[cfg(not(feature = "contained"))]
pub static CALLBACKS: Callbacks = Callbacks::behind::<unwind_cost_callbacks::NoBoundary>();

/// The boundary of `ndis-unwind`.
#[cfg(feature = "contained")]
struct Catch;

#[cfg(feature = "contained")]
impl unwind_cost_callbacks::Boundary for Catch {
    #[inline(always)]
    fn run<R>(body: impl FnOnce() -> R) -> Option<R> {
        ndis_unwind::catch(body).ok()
    }
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    #[cfg(feature = "contained")]
    ndis_unwind::raise();
    // SAFETY: `__fastfail(FAST_FAIL_FATAL_APP_EXIT)` ends the process.
    unsafe { core::arch::asm!("int 0x29", in("ecx") 7, options(noreturn, nostack)) }
}
