//! Memory that drivers get raw pointers to.

use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};
use std::ptr::NonNull;

/// Heap memory with an address of its own, which only raw pointers look into.
#[derive(Debug)]
pub(crate) struct Memory {
    start: NonNull<u8>,
    layout: Layout,
}

// SAFETY: the memory is plain bytes that the value owns; who may touch them when is up to whoever follows `start`.
unsafe impl Send for Memory {}
// SAFETY: as above; a shared value gives out the address only.
unsafe impl Sync for Memory {}

impl Memory {
    /// Zeroed memory, or none if there is not so much. `align` is a power of two.
    pub(crate) fn try_zeroed(length: usize, align: usize) -> Option<Memory> {
        let layout = Layout::from_size_align(length.max(1), align).ok()?;
        // SAFETY: the layout is not of size zero.
        let start = NonNull::new(unsafe { alloc_zeroed(layout) })?;
        Some(Memory { start, layout })
    }

    /// Zeroed memory.
    pub(crate) fn zeroed(length: usize, align: usize) -> Memory {
        Memory::try_zeroed(length, align).unwrap_or_else(|| {
            handle_alloc_error(Layout::from_size_align(length, align).unwrap_or(Layout::new::<u8>()))
        })
    }

    /// Zeroed memory for a `T`, for which zeros are a value.
    pub(crate) fn of<T>() -> Memory {
        Memory::zeroed(size_of::<T>(), align_of::<T>())
    }

    pub(crate) fn start(&self) -> NonNull<u8> {
        self.start
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: the memory was allocated with this layout and is freed once.
        unsafe { dealloc(self.start.as_ptr(), self.layout) };
    }
}
