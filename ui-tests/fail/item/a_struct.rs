use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
struct Free;

fn main() {}
