use std::sync::Mutex;

use ndis::SharedMemoryProvider;
use ndis::prelude::*;

struct Pool;
struct Block;
type ContextRef<'a, T> = ndis::ContextRef<'a, Mutex<T>>;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: ContextRef<'_, Pool>, _block: Handle<Block>) {}

fn provider(pool: Context<Pool>) -> impl Sized {
    SharedMemoryProvider::<_, Block>::new(pool).allocate::<allocate>().free::<free>()
}

fn main() {}
