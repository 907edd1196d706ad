use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: *mut core::ffi::c_void, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
