use ndis::prelude::*;

struct Pool;
struct Block {
    _pages: *mut u8,
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
