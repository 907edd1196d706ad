#![deny(warnings)]

use ndis::prelude::*;

struct Pool;

struct Block;

#[ndis_callback(
    ALLOCATE_SHARED_MEMORY_HANDLER,
    irql = "debug",
    on_panic = "fatal",
    entry = Allocate,
    unsafe(export = "PoolAllocateSharedMemory")
)]
pub(crate) fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Ok(Handle::new(Block)?)
}

fn main() {
    let _ = Allocate::entry;
}
