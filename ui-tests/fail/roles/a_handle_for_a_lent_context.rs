#![forbid(unsafe_code)]

use ndis::prelude::*;

/// The whole crate under another path, and no more of it than that.
mod swapped {
    pub use ndis::{__private, callback};
}
type ContextRef<T> = Handle<T>;

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, crate = crate::swapped)]
fn free(_pool: ContextRef<Pool>, _block: Handle<Block>) {}

fn main() {}
