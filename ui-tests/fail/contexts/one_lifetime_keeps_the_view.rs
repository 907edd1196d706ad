use ndis::prelude::*;
use std::sync::Mutex;

struct Pool {
    last: Mutex<Option<SharedMemoryRequest<'static>>>,
}
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    pool.last.lock().unwrap().replace(request);
    Err(AllocError::Resources)
}

fn main() {}
