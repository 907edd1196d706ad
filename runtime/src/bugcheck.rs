//! Stopping the machine: for a breach after which no answer to NDIS is legal.

use crate::breach::BreachKind;

/// The bugcheck code of this crate (bit 29 marks a code that is not Microsoft's).
///
/// Parameter 1 points to the name of the callback (ASCII, not terminated), parameter 2 is its length in bytes.
pub const CODE: u32 = 0xE04E_4449;

/// Stops: `KeBugCheckEx` in a kernel build, a message and `abort` in a `std` build.
#[cold]
pub(crate) fn stop(callback: &'static str, kind: BreachKind) -> ! {
    #[cfg(feature = "std")]
    {
        std::eprintln!("ndis: bugcheck {CODE:#x}: {callback}: {kind}");
        std::process::abort()
    }
    #[cfg(all(not(feature = "std"), windows))]
    {
        #[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
        unsafe extern "system" {
            safe fn KeBugCheckEx(code: u32, p1: usize, p2: usize, p3: usize, p4: usize) -> !;
        }
        let _ = kind;
        KeBugCheckEx(CODE, callback.as_ptr() as usize, callback.len(), 0, 0)
    }
    #[cfg(all(not(feature = "std"), not(windows)))]
    panic!("bugcheck {CODE:#x}: {callback}: {kind}")
}
