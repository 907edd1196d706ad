use ndis::SharedMemoryProvider;
use ndis::prelude::*;
use ndis::sys::{NDIS_STATUS, PNDIS_HANDLE};

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>, _out: PNDIS_HANDLE) -> NDIS_STATUS {
    NdisStatus::RESOURCES.as_raw()
}

fn provider(pool: Context<Pool>) -> impl Sized {
    SharedMemoryProvider::<_, Block>::new(pool).allocate::<allocate>()
}

fn main() {}
