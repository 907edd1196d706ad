use ndis::prelude::*;

struct Pool;
struct Block;
type Alias = Result<Block, AllocError>;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Alias {
    Ok(Block)
}

fn main() {}
