//! The entry of every callback of the catalogue, exported as `entry_` and the callback's name.
//!
//! The functions and C's references to their entries are written from the facts. `cargo xtask windows i686` looks at the
//! machine code of both and links them.
#![no_std]

extern crate alloc;

use alloc::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

use ndis::prelude::*;

struct Object;
struct Block;
type Trouble = NdisStatus;
type ClosedTrouble = AllocError;

/// What `anything` reads, of which the compiler knows only that it may change.
#[unsafe(no_mangle)]
static mut ANYTHING: [usize; 16] = [0; 16];

/// A value that no compiler knows, so that both success and failure are in the code.
fn anything<T>() -> T {
    // SAFETY: this code is not run.
    unsafe { (&raw const ANYTHING).cast::<T>().read_volatile() }
}

mod functions {
    #![allow(unused_variables)] // nobody looks at what a function gets

    use super::*;

    include!(concat!(env!("OUT_DIR"), "/functions.rs"));
}

/// An allocator that has nothing: this code is not run.
struct Nothing;

// SAFETY: no memory is ever given.
unsafe impl GlobalAlloc for Nothing {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static NOTHING: Nothing = Nothing;

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
