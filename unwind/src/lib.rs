//! Rust panics that unwind inside a Windows kernel driver.
//!
//! A panic in a driver's callback runs the destructors of what is on the stack, ends at a [`catch`](catch()), and the
//! callback returns a status. It takes a stable compiler, and neither a C runtime nor any import: the walk reads the
//! image's own unwind tables.
//!
//! ```ignore
//! #[panic_handler]
//! fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
//!     note(info);
//!     let refusal = ndis_unwind::raise(); // goes on behind a `catch`, or returns with the stack as it was
//!     stop_the_machine(refusal)
//! }
//!
//! extern "system" fn callback(request: *mut Request) -> NTSTATUS {
//!     match ndis_unwind::catch(|| handle(request)) {
//!         Ok(status) => status,
//!         Err(_) => STATUS_UNSUCCESSFUL,
//!     }
//! }
//! ```
//!
//! # What it promises
//!
//! - **All or nothing.** A first walk looks at every frame up to the boundary and changes nothing. If a panic cannot
//!   leave one of them, [`raise`](raise()) returns the [`Refusal`], and a crash dump shows the panic where it happened.
//!   Only then a second walk cleans up. ([`Refusal::Nounwind`] tells of the functions that the first walk cannot tell.)
//! - **It needs nothing.** No allocation, no lock, no global, no import; about 1 kB of stack beside the destructors. It
//!   cannot panic itself: an optimized build holds no call of a function that does, which `unwind/no-panics` in the
//!   repository checks in the objects.
//! - **Broken tables are refused.** Everything it reads of the image is inside the image, and of the stack inside a
//!   frame; what no compiler writes is a [`Refusal::Tables`]. The tables are not doubted otherwise: one that tells of
//!   another frame than its function makes is believed.
//! - **Registers.** Behind [`catch`](catch()) all registers that a function keeps have their values, xmm6 to xmm15 too.
//! - **Exceptions of others.** Structured exceptions (faults, `ExRaiseStatus`) are never caught. Where somebody who
//!   caught one unwinds out of a [`catch`](catch()), or through a function of this image with destructors to run, the
//!   machine stops: they cannot be run by then, and other code relies on them. That is as far as the tables tell; a
//!   fault where the compiler saw no call that unwinds is not in them.
//!
//! # What it does not
//!
//! Shown are builds for x86_64 msvc and gnu, at several optimization levels and kinds of LTO, in Wine's kernel, which
//! is a user process. **Never run: a real Windows kernel, a raised IRQL, Control Flow Guard, shadow stacks (CET).**
//!
//! - *IRQL* is argued: what is read is the stack, the image's headers, `.pdata` and the tables it points to, and none
//!   of them is paged out of a driver, unless somebody puts them into sections named `PAGE…` or `INIT`. Destructors run
//!   at the IRQL of the panic and must be legal there.
//! - *CET* is argued: the return addresses of the frames that go are taken off the shadow stack, as user-mode runtimes
//!   do. These instructions were executed only where there is no shadow stack, where they do nothing.
//! - *The language* does not promise that a panic handler may unwind, nor that what is not Rust may catch a panic. That
//!   it works is true of the compilers it was tested with.
//! - *Faults* are no panics. A wild pointer stops the machine, as ever.
//! - *Allocation failures* and panics in destructors that run because of another panic are refused, as are functions of
//!   other languages on the way and functions with other ABIs than Rust's; [`Refusal`] says which is which.
//! - *Other architectures*: there is no walk for arm64 yet, and 32-bit x86 has no tables to walk by.
//!
//! # How to build
//!
//! Everything is compiled to unwind, which is Cargo's default, except the crate that makes the image: there rustc asks
//! for what only `std` has. So the image is a crate of a few lines, whose `DriverEntry` calls the driver's inside a
//! [`catch`](catch()), and only it gets another option:
//!
//! ```text
//! cargo rustc --release --bin driver -- -C panic=abort
//! ```
//!
//! **Nothing else belongs into the image's crate.** Its functions are compiled without landing pads, so a panic leaves
//! them without running their destructors, and no table tells: what runs below a `catch` is in the libraries.
//!
//! No profile may say `panic = "abort"`; this crate does not compile then. The image is linked without a C runtime,
//! since this crate has the symbols that one would have for unwinding: `__CxxFrameHandler3`, `__chkstk` and `_fltused`
//! on msvc, `rust_eh_personality` and `_Unwind_Resume` on gnu. `memcpy` and its family are the driver's to import.
//!
//! On other systems than Windows this crate has only what reads tables, for its tests, and the documentation.
#![no_std]
// Elsewhere only what reads tables compiles, for its tests.
#![cfg_attr(not(all(windows, target_arch = "x86_64")), allow(dead_code))]

#[cfg(all(windows, not(target_arch = "x86_64")))]
compile_error!(
    "`ndis-unwind` unwinds on x86_64 only: 32-bit x86 has no unwind tables, and for arm64 nobody wrote the walk yet. \
     Build this target without `ndis-unwind` (in `ndis`: without the feature that uses it), so that a panic stops the \
     machine"
);
#[cfg(all(windows, not(panic = "unwind")))]
compile_error!(
    "`ndis-unwind` needs destructors that run: compile it, and all of the driver but its image, to unwind. Remove \
     `panic = \"abort\"` from this profile and give `-C panic=abort` to the image's crate alone: \
     `cargo rustc --bin <driver> -- -C panic=abort`"
);

#[cfg(any(all(windows, target_arch = "x86_64", not(test)), doc))]
mod catch;
#[cfg(any(all(windows, target_arch = "x86_64", not(test)), doc))]
mod raise;
mod refusal;
mod tables;

// Siblings (`super::`) of nothing else, so that a test elsewhere can include them by `#[path]`.
mod functions;
mod image;
mod registers;
mod unwind_info;

#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod assembly;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod frame;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod names;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod passes;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod personality;

#[cfg(test)]
mod tests;

#[cfg(any(all(windows, target_arch = "x86_64", not(test)), doc))]
pub use catch::{Panicked, catch};
#[cfg(any(all(windows, target_arch = "x86_64", not(test)), doc))]
pub use raise::raise;
pub use refusal::Refusal;
