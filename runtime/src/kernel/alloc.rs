//! [`PoolAllocator`]: the heap of a driver.

use core::alloc::{GlobalAlloc, Layout};

use crate::contract::ntoskrnl::{ExAllocatePoolWithTag, ExFreePoolWithTag, NON_PAGED_POOL_NX};

/// How every block of pool is aligned, `MEMORY_ALLOCATION_ALIGNMENT`.
const POOL_ALIGNMENT: usize = 2 * size_of::<usize>();

/// A global allocator over the kernel's non-paged pool. IRQL: up to DISPATCH_LEVEL.
///
/// Its blocks carry a tag, by which WinDbg's `!poolused` and Driver Verifier tell whose they are. Memory is not
/// executable. When there is none left it returns null, so that fallible allocation fails as it should;
/// [`Context::new`](crate::Context::new) and everything else in this crate allocates fallibly.
#[derive(Debug)]
pub struct PoolAllocator {
    tag: u32,
}

impl PoolAllocator {
    /// An allocator whose blocks have this tag: four ASCII characters, which debuggers show in this order.
    pub const fn new(tag: [u8; 4]) -> PoolAllocator {
        PoolAllocator { tag: u32::from_le_bytes(tag) }
    }
}

// SAFETY: the pool's blocks are disjoint and stay until they are freed; `alloc` returns null or a block that is as
// large and aligned as the layout says.
unsafe impl GlobalAlloc for PoolAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let over_aligned = layout.align() > POOL_ALIGNMENT;
        let bytes = if over_aligned { layout.size() + layout.align() } else { layout.size() };
        // SAFETY: the caller is at DISPATCH_LEVEL at most, where the pool may be used. The sum does not overflow, since
        // neither a size nor an alignment is larger than `isize::MAX`.
        let block = unsafe { ExAllocatePoolWithTag(NON_PAGED_POOL_NX, bytes, self.tag) }.cast::<u8>();
        if block.is_null() || !over_aligned {
            return block;
        }
        // The first aligned address behind the block's start; in front of it is room for the address of the block.
        // SAFETY: the distance is at least `POOL_ALIGNMENT`, since the block is aligned to that, and at most `align`,
        // by which the block is longer than the layout's size.
        unsafe {
            let aligned = block.add(layout.align() - block.addr() % layout.align());
            aligned.cast::<*mut u8>().sub(1).write(block);
            aligned
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let over_aligned = layout.align() > POOL_ALIGNMENT;
        // SAFETY: `alloc` wrote the address of an over-aligned block in front of it.
        let block = if over_aligned { unsafe { block.cast::<*mut u8>().sub(1).read() } } else { block };
        // SAFETY: the block came from `alloc`, with this tag; the caller is at DISPATCH_LEVEL at most.
        unsafe { ExFreePoolWithTag(block.cast(), self.tag) };
    }
}
