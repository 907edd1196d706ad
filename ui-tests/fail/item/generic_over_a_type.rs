use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free<P: Send + Sync + 'static>(_pool: &P, block: Handle<Block>) {
    drop(block);
}

fn main() {}
