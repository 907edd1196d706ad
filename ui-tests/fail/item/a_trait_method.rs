use ndis::prelude::*;

struct Pool;
struct Block;

trait Provider {
    #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
    fn free(pool: &Pool, block: Handle<Block>);
}

fn main() {}
