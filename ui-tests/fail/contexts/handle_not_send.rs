use ndis::prelude::*;

struct Pool;
struct Block {
    _pages: *mut u8,
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, _block: Handle<Block>) {}

fn main() {}
