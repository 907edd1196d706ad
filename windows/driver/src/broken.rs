//! Mistakes, which the kernel test of this repository has to notice. A copy of this directory needs none of them.

use ndis::{Handle, SharedMemoryRequest};

use crate::pool::Block;

/// Keeps a block that was given back.
pub(crate) fn leak(block: Handle<Block>) {
    core::mem::forget(block);
}

/// Panics when memory is asked for queue 13.
pub(crate) fn panic_for(request: &SharedMemoryRequest<'_>) {
    assert!(request.queue_id() != 13, "queue 13 brings bad luck");
}
