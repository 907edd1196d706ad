use ndis::prelude::*;

struct Pool;
struct Block;
type Alias = Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, _block: Alias) {}

fn main() {}
