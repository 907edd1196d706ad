//! The careful hand-written entry whose compile time is measured too, with another function.
#![allow(dead_code, reason = "only the function there asks for the length")]

use std::hint::black_box;

use crate::Allocate;
use crate::memory::{self, Mode, Page};

include!("../../compile/hand.rs");
include!("../../compile/hand_entry.rs");

pub struct Pool {
    mode: Mode,
    block: NonNull<Cell<Block>>,
}

pub struct Block {
    page: Page,
}

pub fn context(mode: Mode) -> NDIS_HANDLE {
    let block = Cell::leak(Block { page: Page::new() });
    Cell::leak(Pool { mode, block }).as_ptr().cast()
}

/// Runs the function where its panics are caught.
#[cfg(all(feature = "std", not(without = "catch")))]
#[inline(always)]
fn guard<R>(_context: NDIS_HANDLE, body: impl FnOnce() -> R) -> std::thread::Result<R> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body))
}

#[cfg(all(feature = "std", without = "catch"))]
#[inline(always)]
fn guard<R>(_context: NDIS_HANDLE, body: impl FnOnce() -> R) -> std::thread::Result<R> {
    Ok(body())
}

/// Runs the function with a record on the stack that tells a panic handler of the kernel which callback runs, with which
/// context, as the runtime does.
#[cfg(not(feature = "std"))]
#[inline(always)]
fn guard<R>(context: NDIS_HANDLE, body: impl FnOnce() -> R) -> std::thread::Result<R> {
    #[repr(C)]
    struct Record {
        mark: usize,
        callback: &'static &'static str,
        context: NDIS_HANDLE,
    }
    let mut record = std::mem::MaybeUninit::<Record>::uninit();
    let at = record.as_mut_ptr();
    // SAFETY: it is this function's own. Volatile, since no code that the compiler sees reads it.
    unsafe {
        (&raw mut (*at).callback).write_volatile(&"ALLOCATE_SHARED_MEMORY_HANDLER");
        (&raw mut (*at).context).write_volatile(context);
        (&raw mut (*at).mark).write_volatile(!at.expose_provenance());
    }
    let result = body();
    // SAFETY: as above.
    unsafe { (&raw mut (*at).mark).write_volatile(0) };
    Ok(result)
}

/// The IRQL, if it is checked.
#[inline(always)]
fn level() -> Irql {
    if cfg!(without = "irql") { Irql::PASSIVE } else { Irql::current() }
}

/// The same work for every function.
#[inline(never)]
fn work(pool: &Pool, request: &mut Request<'_>, n: u32) -> Result<Owned, AllocError> {
    black_box(n);
    match pool.mode {
        Mode::Ok => {
            let block = Owned(pool.block);
            // SAFETY: `context` leaked it.
            let page = unsafe { &pool.block.as_ref().value.page };
            request.fill(&block, page)?;
            Ok(block)
        }
        Mode::Error => Err(AllocError::Resources),
        Mode::Panic => memory::panics(),
    }
}

macro_rules! callback {
    ($name:ident, $n:literal) => {
        hand_entry!(|pool: &Pool, request: &mut Request<'_>| work(pool, request, $n), $name);
    };
}

macro_rules! entry {
    ($name:ident) => {
        $name
    };
}

include!(concat!(env!("OUT_DIR"), "/callbacks.rs"));
