//! Memory that tells a driver which wrote past its ends.

use std::ptr::NonNull;

use crate::memory::heap::Memory;

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
        unsafe { memory.start().write_bytes(Guarded::PATTERN, length + 2 * Guarded::ZONE) };
        Guarded { memory, length }
    }

    /// Where the memory between the zones starts. The pointer may reach into the zones.
    pub(crate) fn start(&self) -> NonNull<u8> {
        // SAFETY: the first zone is inside the memory.
        unsafe { self.memory.start().add(Guarded::ZONE) }
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
