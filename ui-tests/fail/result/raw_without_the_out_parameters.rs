use ndis::prelude::*;

struct Pool;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> ndis::sys::NDIS_STATUS {
    NdisStatus::RESOURCES.as_raw()
}

fn main() {}
