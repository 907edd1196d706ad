use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free<P>(_pool: &Pool, block: Handle<Block>)
where
    P: 'static,
{
    drop(block);
}

fn main() {}
