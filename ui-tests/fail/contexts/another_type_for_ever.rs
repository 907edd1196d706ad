use ndis::SharedMemoryProvider;
use ndis::prelude::*;

struct Pool;
struct Block;

/// One type for a call and another for ever.
macro_rules! kind {
    ('static) => { ndis::Opaque };
    ($($call:tt)*) => { Block };
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<kind!('_)>) {
    drop(block);
}

fn provider(pool: Context<Pool>) -> impl Sized {
    SharedMemoryProvider::new(pool).allocate::<allocate>().free::<free>()
}

fn main() {}
