use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
impl Pool {
    fn free(&self, block: Handle<Block>) {
        drop(block);
    }
}

fn main() {}
