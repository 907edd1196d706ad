use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, types = "crate::bindings", abi = "C")]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

fn main() {}
