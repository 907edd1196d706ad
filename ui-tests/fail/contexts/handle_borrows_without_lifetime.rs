use ndis::prelude::*;

struct Pool;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, _block: Handle<&[u8]>) {}

fn main() {}
