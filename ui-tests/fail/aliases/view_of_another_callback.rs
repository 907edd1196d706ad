use ndis::prelude::*;

struct Pool;
struct Block;
type Alias<'a> = MiniportOidRequest<'a>;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, _request: Alias<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
