use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate() -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
