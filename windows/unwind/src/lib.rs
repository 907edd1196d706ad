//! A driver whose callbacks panic: what `ndis-unwind` does about it, checked from inside Wine's kernel.
//!
//! The client (`client.c`) asks for one group of checks after another; each writes a [`report::Report`].
#![no_std]

extern crate alloc;

pub mod device;

mod call;
mod callbacks;
mod cost;
mod differential;
mod foreign;
mod kernel;
mod refusals;
mod registers;
mod report;
mod text;
mod threads;
mod walker;

use core::panic::PanicInfo;
use core::sync::atomic::Ordering::Relaxed;

use crate::call::{DROPS, PANICS, QUIET};

/// What a bugcheck of this driver is.
const BUGCHECK: u32 = 0xE055_4E57;

/// Says what happened, and unwinds. When that is refused, the machine stops: the refusal, the line and the column of the
/// panic, and how many guards were dropped so far.
#[panic_handler]
fn panic(panic: &PanicInfo<'_>) -> ! {
    let (file, line, column) = panic.location().map_or(("", 0, 0), |at| (at.file(), at.line(), at.column()));
    PANICS.fetch_add(1, Relaxed);
    if !QUIET.load(Relaxed) {
        kernel::print(format_args!("{}", panic.message()));
    }
    let refusal = ndis_unwind::raise();
    kernel::print(format_args!("refused: {refusal:?} at {file}:{line}"));
    // SAFETY: any parameters are legal.
    unsafe { kernel::KeBugCheckEx(BUGCHECK, refusal as usize, line as usize, column as usize, DROPS.load(Relaxed)) }
}
