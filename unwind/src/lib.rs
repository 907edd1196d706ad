//! Rust panics that unwind inside a Windows kernel driver.
#![no_std]
// On a host only what reads tables compiles, for its tests.
#![cfg_attr(not(windows), allow(dead_code))]

#[cfg(all(windows, not(target_arch = "x86_64")))]
compile_error!(
    "`ndis-unwind` unwinds on x86_64 only: 32-bit x86 has no unwind tables, and for arm64 nobody wrote the walk yet. Build \
     this target without `ndis-unwind` (in `ndis`: without the feature that uses it), so that a panic stops the machine"
);
#[cfg(all(windows, not(panic = "unwind")))]
compile_error!(
    "`ndis-unwind` needs destructors that run: compile it, and all of the driver but its image, to unwind. Remove \
     `panic = \"abort\"` from this profile and give `-C panic=abort` to the image's crate alone: \
     `cargo rustc --bin <driver> -- -C panic=abort`"
);

#[cfg(any(all(windows, target_arch = "x86_64", not(test)), doc))]
mod catch;
mod functions;
mod image;
mod refusal;
mod registers;
mod tables;
#[cfg(test)]
mod tests;
mod unwind_info;

#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod assembly;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod frame;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod names;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod personality;
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
mod raise;

#[cfg(any(all(windows, target_arch = "x86_64", not(test)), doc))]
pub use catch::{Panicked, catch};
#[cfg(all(windows, target_arch = "x86_64", not(test)))]
pub use raise::raise;
pub use refusal::Refusal;
