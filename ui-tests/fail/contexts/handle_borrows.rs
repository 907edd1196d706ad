use ndis::prelude::*;

struct Pool;
struct Block<'a> {
    _pages: &'a [u8],
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, _block: Handle<Block<'_>>) {}

fn main() {}
