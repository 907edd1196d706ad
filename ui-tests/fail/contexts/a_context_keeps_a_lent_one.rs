use ndis::prelude::*;
use std::sync::{Mutex, PoisonError};

struct Pool;
struct Block;
static LAST: Mutex<Option<&'static Pool>> = Mutex::new(None);

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(pool: &Pool, _block: Handle<Block>) {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).replace(pool);
}

fn main() {}
