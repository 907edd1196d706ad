//! Panics, which the kernel test of this repository causes. A copy of this directory needs none of them.

use ndis::{SharedMemory, SharedMemoryRequest};

use crate::pool::Block;

/// Panics when memory is asked for queue 13, and runs out of memory for queue 15.
pub(crate) fn before_lending(request: &SharedMemoryRequest<'_>) {
    assert!(request.queue_id() != 13, "queue 13 brings bad luck");
    if request.queue_id() == 15 {
        core::hint::black_box(alloc::vec::Vec::<u8>::with_capacity(1 << 46));
    }
}

/// Panics for queue 14, with memory in hands.
pub(crate) fn after_lending(request: &SharedMemoryRequest<'_>) {
    assert!(request.queue_id() != 14, "queue 14 does, too");
}

/// Panics when there is no memory for a context.
pub(crate) fn loading() -> ! {
    panic!("no memory, no driver")
}

/// Panics when three pages are given back.
pub(crate) fn giving_back(block: &Block) {
    assert!(block.memory().length() != 3 * 4096, "all good things are three");
}
