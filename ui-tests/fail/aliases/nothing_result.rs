use ndis::prelude::*;

struct Pool;
struct Block;
type Alias = u32;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, _block: Handle<Block>) -> Alias {
    0
}

fn main() {}
