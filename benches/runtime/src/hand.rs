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

/// The IRQL, if it is checked.
#[inline(always)]
fn level() -> Irql {
    if cfg!(variant = "hand_off") { Irql::PASSIVE } else { Irql::current() }
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
