//! The callbacks that are measured: the same source without and behind each boundary.
#![no_std]

use core::cell::Cell;
use core::hint::black_box;

/// Where a panic ends.
pub trait Boundary {
    /// What `body` returns, or nothing if it panicked.
    fn run<R>(body: impl FnOnce() -> R) -> Option<R>;
}

/// None: a callback as it is in a driver that stops the machine when it panics.
#[derive(Debug)]
pub struct NoBoundary;

impl Boundary for NoBoundary {
    #[inline(always)]
    fn run<R>(body: impl FnOnce() -> R) -> Option<R> {
        Some(body())
    }
}

/// A callback, as C calls it.
pub type Callback = extern "C" fn(u32) -> u32;

/// What an image exports.
#[derive(Debug)]
#[repr(C)]
pub struct Callbacks {
    /// Calls one function that may panic, and does not.
    pub short: Callback,
    /// Calls functions so many levels deep, each of which has something to drop, and returns.
    pub returning: Callback,
    /// The same, but the last one panics. Returns how much was dropped.
    pub panicking: Callback,
}

impl Callbacks {
    /// The callbacks behind this boundary.
    pub const fn behind<B: Boundary>() -> Callbacks {
        Callbacks { short: short::<B>, returning: returning::<B>, panicking: panicking::<B> }
    }
}

extern "C" fn short<B: Boundary>(number: u32) -> u32 {
    B::run(move || next(number)).unwrap_or(0)
}

/// What a callback's work is: nothing, but the compiler must see that it may panic and must not see more.
#[inline(never)]
fn next(number: u32) -> u32 {
    assert!(number != u32::MAX, "there is no next");
    number + 1
}

extern "C" fn returning<B: Boundary>(levels: u32) -> u32 {
    descend_behind::<B>(levels, false)
}

extern "C" fn panicking<B: Boundary>(levels: u32) -> u32 {
    descend_behind::<B>(levels, true)
}

#[inline(always)]
fn descend_behind<B: Boundary>(levels: u32, panics: bool) -> u32 {
    let dropped = Cell::new(0);
    let counter = &dropped;
    let _ = B::run(move || descend(levels, panics, counter));
    dropped.get()
}

#[inline(never)]
fn descend(levels: u32, panics: bool, dropped: &Cell<u32>) -> u32 {
    let _guard = Guard(dropped);
    if levels > 1 {
        // What follows the call keeps it from becoming a jump.
        return black_box(descend(levels - 1, panics, dropped)) + 1;
    }
    assert!(!panics, "as it was asked to");
    1
}

struct Guard<'a>(&'a Cell<u32>);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}
