use ndis::SharedMemoryProvider;
use ndis::prelude::*;

struct Driver;
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

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_context: &Driver, driver: ndis::ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    let pool = Context::new(Pool)?;
    driver.register_shared_memory_provider(SharedMemoryProvider::<_, Block>::new(pool).free::<free>())
}

fn main() {}
