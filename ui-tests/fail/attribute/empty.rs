use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback()]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

fn main() {}
