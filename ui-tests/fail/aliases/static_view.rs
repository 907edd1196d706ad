use ndis::prelude::*;

struct Pool;
struct Block;
type Request = SharedMemoryRequest<'static>;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: Request) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
