//! The heap of a driver, over a pool played by the host: what it asks of the pool, and what it makes of the answers.
#![allow(non_snake_case)] // the kernel's names

// The allocator's file is compiled here as it stands, with this test's functions in place of the kernel's.
#[path = "../src/kernel/alloc.rs"]
#[allow(unreachable_pub)]
mod pool;

mod contract {
    pub(crate) use crate::ntoskrnl;
}

/// The kernel, as far as the allocator knows it.
mod ntoskrnl {
    use std::alloc::{Layout, alloc, dealloc};
    use std::cell::RefCell;
    use std::ffi::c_void;

    pub(crate) const NON_PAGED_POOL_NX: i32 = 512;
    const ALIGNMENT: usize = 2 * size_of::<usize>();

    std::thread_local! {
        /// The blocks that are allocated, with their lengths.
        static BLOCKS: RefCell<Vec<(*mut c_void, Layout)>> = const { RefCell::new(Vec::new()) };
    }

    pub(crate) fn outstanding() -> usize {
        BLOCKS.with_borrow(Vec::len)
    }

    /// A block that is aligned as the pool's are, and no better. There are none of a megabyte.
    pub(crate) unsafe fn ExAllocatePoolWithTag(kind: i32, bytes: usize, tag: u32) -> *mut c_void {
        assert_eq!((kind, tag.to_le_bytes()), (NON_PAGED_POOL_NX, *b"Test"));
        if bytes >= 1 << 20 {
            return std::ptr::null_mut();
        }
        let layout = Layout::from_size_align(bytes, ALIGNMENT).unwrap();
        // SAFETY: the allocator asks for no empty blocks.
        let block = unsafe { alloc(layout) }.cast::<c_void>();
        BLOCKS.with_borrow_mut(|blocks| blocks.push((block, layout)));
        block
    }

    pub(crate) unsafe fn ExFreePoolWithTag(block: *mut c_void, tag: u32) {
        assert_eq!(tag.to_le_bytes(), *b"Test");
        let layout = BLOCKS.with_borrow_mut(|blocks| {
            let at = blocks.iter().position(|(start, _)| *start == block).expect("a block of this pool");
            blocks.swap_remove(at).1
        });
        // SAFETY: the block was allocated above with this layout and is freed once, since it was in the list.
        unsafe { dealloc(block.cast(), layout) };
    }
}

use std::alloc::{GlobalAlloc, Layout};

#[test]
fn blocks_are_aligned_disjoint_and_freed() {
    let heap = pool::PoolAllocator::new(*b"Test");
    let mut blocks = Vec::new();
    for align in (0..=13).map(|power| 1_usize << power) {
        for size in [1, 8, 24, 100, 5000] {
            let layout = Layout::from_size_align(size, align).unwrap();
            // SAFETY: the layout is not empty; the block is used within it and freed once, below.
            let block = unsafe { heap.alloc(layout) };
            assert!(!block.is_null());
            assert_eq!(block.addr() % align, 0, "{layout:?}");
            // SAFETY: as above.
            unsafe { block.write_bytes(blocks.len() as u8, size) };
            blocks.push((block, layout));
        }
    }
    assert_eq!(ntoskrnl::outstanding(), blocks.len());
    for (number, (block, layout)) in blocks.into_iter().enumerate() {
        // SAFETY: the block is as long as its layout says and was filled above.
        let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
        assert!(bytes.iter().all(|byte| *byte == number as u8), "{layout:?}");
        // SAFETY: the block came from this heap, with this layout.
        unsafe { heap.dealloc(block, layout) };
    }
    assert_eq!(ntoskrnl::outstanding(), 0);
}

#[test]
fn without_memory_there_is_no_block() {
    let heap = pool::PoolAllocator::new(*b"Test");
    for align in [1, 16, 64] {
        // SAFETY: the layout is not empty.
        assert!(unsafe { heap.alloc(Layout::from_size_align(1 << 20, align).unwrap()) }.is_null());
    }
    assert_eq!(ntoskrnl::outstanding(), 0);
}
