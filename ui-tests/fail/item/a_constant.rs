use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
const FREE: fn(&Pool, Handle<Block>) = |_, block| drop(block);

fn main() {}
