use ndis::prelude::*;

struct Pool;
struct Block;

impl Pool {
    #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
    fn free(_pool: &Self, block: Handle<Block>) {
        drop(block);
    }
}

fn main() {}
