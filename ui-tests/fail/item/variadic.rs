use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<Block>, _: ...) {
    drop(block);
}

fn main() {}
