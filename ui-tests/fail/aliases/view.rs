use ndis::prelude::*;

struct Pool;
struct Block;
type Alias = u32;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: Alias) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
