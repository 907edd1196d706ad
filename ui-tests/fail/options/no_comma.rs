use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, irql = "debug" entry = FreeEntry)]
fn free(_pool: &mut Pool, block: Handle<Block>) {
    drop(block);
}

fn main() {}
