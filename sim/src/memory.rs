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

/// Memory between two zones that nobody may write to. It starts out filled with [`Guarded::PATTERN`].
#[derive(Debug)]
pub(crate) struct Guarded {
    memory: Memory,
    length: usize,
}

impl Guarded {
    pub(crate) const PATTERN: u8 = 0xA5;
    /// The length of a zone. A multiple of every alignment that NDIS structures have.
    const ZONE: usize = 512;

    pub(crate) fn new(length: usize) -> Guarded {
        let memory = Memory::zeroed(length + 2 * Guarded::ZONE, 16);
        // SAFETY: the memory has this length and nobody else has a pointer to it yet.
        unsafe { memory.start.write_bytes(Guarded::PATTERN, length + 2 * Guarded::ZONE) };
        Guarded { memory, length }
    }

    /// Where the memory between the zones starts. The pointer may reach into the zones.
    pub(crate) fn start(&self) -> NonNull<u8> {
        // SAFETY: the first zone is inside the memory.
        unsafe { self.memory.start.add(Guarded::ZONE) }
    }

    /// A byte, counted from [`start`](Self::start).
    pub(crate) fn byte(&self, at: usize) -> u8 {
        assert!(at < self.length + Guarded::ZONE);
        // SAFETY: the byte is inside the memory, and initialized from the start; drivers are not running with it now.
        unsafe { self.start().add(at).read() }
    }

    /// Where a zone was written to first, counted from [`start`](Self::start).
    pub(crate) fn overrun(&self) -> Option<isize> {
        let zone = Guarded::ZONE as isize;
        let length = self.length as isize;
        // SAFETY: both ranges are inside the memory; see `byte`.
        (length..length + zone)
            .chain(-zone..0)
            .find(|at| unsafe { self.start().offset(*at).read() } != Guarded::PATTERN)
    }
}
