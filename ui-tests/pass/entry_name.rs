//! `entry = Name`, where the function's name is taken as a type or a module.
#![deny(warnings)]
#![allow(dead_code)]

extern crate alloc;
extern crate alloc as _alloc_in_scope;

use ndis::SharedMemoryProvider;
use ndis::prelude::*;

struct Pool;
struct Block;

mod allocate {
    use super::{AllocError, Block, Handle, Pool, SharedMemoryRequest, ndis_callback};

    #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, entry = AllocateEntry)]
    pub(crate) fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
        Err(AllocError::Resources)
    }
}
use allocate::{AllocateEntry, allocate};

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, entry = AllocEntry)]
fn alloc(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, entry = CoreEntry)]
fn core(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

/// A type of the same name as the function.
struct Free;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, entry = FreeEntry)]
#[allow(non_snake_case)]
fn Free_(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

fn main() {
    let new = || SharedMemoryProvider::new(Context::new(Pool).unwrap());
    drop(new().allocate::<AllocateEntry>().free::<CoreEntry>());
    drop(new().allocate::<AllocEntry>().free::<FreeEntry>());
    let _ = (allocate, alloc, core, alloc::vec::Vec::<u8>::new());
}
