//! Stopping the machine: for a breach after which no answer to NDIS is legal.

use crate::breach::BreachKind;

/// The bugcheck code of this crate (bit 29 marks a code that is not Microsoft's).
///
/// | parameter | a broken contract | a panic |
/// |---|---|---|
/// | 1 | points to the name of the callback (not terminated) | points to the name of the source file (not terminated) |
/// | 2 | the length of the name in bytes | the length of the name in bytes |
/// | 3 | 0 | the line |
/// | 4 | 0 | the column |
///
/// What was wrong is printed to the kernel debugger before.
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
        crate::kernel::print(format_args!("bugcheck: {callback}: {kind}"));
        crate::ntoskrnl::KeBugCheckEx(CODE, callback.as_ptr().addr(), callback.len(), 0, 0)
    }
    #[cfg(all(not(feature = "std"), not(windows)))]
    panic!("bugcheck {CODE:#x}: {callback}: {kind}")
}

/// What the `#[panic_handler]` of an image does: prints the panic to the kernel debugger and stops the machine.
#[cfg(any(doc, all(windows, not(feature = "std"))))]
pub fn panicked(info: &core::panic::PanicInfo<'_>) -> ! {
    crate::kernel::print(format_args!("{info}"));
    let (file, line, column) = info.location().map_or(("", 0, 0), |at| (at.file(), at.line(), at.column()));
    crate::ntoskrnl::KeBugCheckEx(CODE, file.as_ptr().addr(), file.len(), line as usize, column as usize)
}
