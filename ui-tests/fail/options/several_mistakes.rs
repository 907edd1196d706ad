use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(
    FREE_SHARED_MEMORY_HANDLER,
    entri = FreeEntry,
    irql = "never",
    on_panic = "ignore",
    abi = "C",
    abi = "system",
    "export",
    unsafe(no_mangle)
)]
fn free(_pool: &mut Pool, block: Handle<Block>) {
    drop(block);
}

fn main() {}
