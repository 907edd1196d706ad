use ndis::StatusIndex;
use ndis::prelude::*;

struct Pool;
struct Block;
struct Later;

impl NdisError for Later {
    const STATUSES: &'static [NdisStatus] = &[NdisStatus::PENDING];

    fn status_index(&self) -> StatusIndex<Self> {
        StatusIndex::of::<0>()
    }
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, Later> {
    Err(Later)
}

fn main() {}
