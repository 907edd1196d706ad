use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(
    _pool: &Pool,
    _request: *mut ndis::sys::NDIS_SHARED_MEMORY_PARAMETERS,
) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
