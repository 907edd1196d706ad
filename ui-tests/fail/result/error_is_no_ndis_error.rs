use ndis::prelude::*;

struct Pool;
struct Block;
struct PoolError;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, PoolError> {
    Err(PoolError)
}

fn main() {}
