use ndis::prelude::*;

struct Pool {
    pages: [u8; 4096],
}
struct Block<'a> {
    _pages: &'a [u8],
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate<'a>(pool: &'a Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block<'a>>, AllocError> {
    Ok(Handle::new(Block { _pages: &pool.pages })?)
}

fn main() {}
