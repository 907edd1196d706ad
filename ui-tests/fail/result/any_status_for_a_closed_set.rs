use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, NdisStatus> {
    Err(NdisStatus::NOT_ACCEPTED)
}

fn main() {}
