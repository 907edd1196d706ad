//! The entry is what `#[ndis_callback]` writes.

use std::hint::black_box;

use ndis::prelude::*;
use ndis::sys::NDIS_HANDLE;

use crate::Allocate;
use crate::memory::{self, Mode, Page};

pub struct Pool {
    mode: Mode,
    /// A block that is handed out again and again, since the heap's work is not the entry's.
    block: usize,
}

pub struct Block {
    page: Page,
}

pub fn context(mode: Mode) -> NDIS_HANDLE {
    let block = Handle::new(Block { page: Page::new() }).unwrap();
    Context::new(Pool { mode, block: block.into_raw() as usize }).unwrap().into_raw()
}

/// The same work for every function.
#[inline(never)]
pub fn work(pool: &Pool, request: &mut SharedMemoryRequest<'_>, n: u32) -> Result<Handle<Block>, AllocError> {
    black_box(n);
    match pool.mode {
        Mode::Ok => {
            // SAFETY: `context` made the handle; it is given up at the end of every call.
            let block = unsafe { Handle::<Block>::from_raw(pool.block as NDIS_HANDLE) };
            request.fill(&block, |block| &block.page)?;
            Ok(block)
        }
        Mode::Error => Err(AllocError::Resources),
        Mode::Panic => memory::panics(),
    }
}

macro_rules! callback {
    ($name:ident, $n:literal) => {
        #[cfg_attr(not(without = "irql"), ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER))]
        #[cfg_attr(without = "irql", ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, irql = "off"))]
        fn $name(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
            work(pool, &mut request, $n)
        }
    };
}

macro_rules! entry {
    ($name:ident) => {
        <$name as ndis::Entry<ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER, (Pool, Block)>>::ENTRY.unwrap()
    };
}

include!(concat!(env!("OUT_DIR"), "/callbacks.rs"));
