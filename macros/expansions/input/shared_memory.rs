#![deny(warnings)]

use ndis::prelude::*;

struct Pool;

struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    let _ = (pool, request.length());
    Ok(Handle::new(Block)?)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

fn main() -> Result<(), AllocError> {
    let provider = ndis::SharedMemoryProvider::new(Context::new(Pool)?).allocate::<allocate>().free::<free>();
    drop(provider);
    Ok(())
}
