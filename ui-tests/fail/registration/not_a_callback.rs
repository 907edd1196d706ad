use ndis::SharedMemoryProvider;
use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

fn provider(pool: Context<Pool>) -> impl Sized {
    SharedMemoryProvider::<_, Block>::new(pool).free::<Block>()
}

fn main() {}
