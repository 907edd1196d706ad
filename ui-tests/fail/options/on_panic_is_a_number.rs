use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, on_panic = 3)]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

fn main() {}
