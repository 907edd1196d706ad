use ndis::prelude::*;

struct Pool;
struct Block;

#[derive(NdisError)]
enum PoolError {
    #[status(NOT_ACCEPTED)]
    Refused,
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, PoolError> {
    Err(PoolError::Refused)
}

fn main() {}
