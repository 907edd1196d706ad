//! The memory that is lent, and how much of it.

use core::sync::atomic::{AtomicUsize, Ordering};

use ndis::{AllocError, PreferredNode, SharedMemoryRequest};

/// Memory is lent by the page.
const PAGE: u32 = 4096;

#[cfg(not(test))]
type Memory = ndis::kernel::ContiguousMemory;
/// A host plays the memory.
#[cfg(test)]
type Memory = ndis_sim::Pages;

#[cfg(not(test))]
fn memory(bytes: u32, node: PreferredNode) -> Option<Memory> {
    Memory::allocate(bytes, node)
}

#[cfg(test)]
fn memory(bytes: u32, _: PreferredNode) -> Option<Memory> {
    Memory::allocate(bytes as usize, true)
}

/// So many bytes to lend.
#[derive(Debug)]
pub struct Budget {
    left: AtomicUsize,
}

/// A part of a budget. Dropped, it goes back.
#[derive(Debug)]
struct Share {
    budget: &'static Budget,
    bytes: usize,
}

/// What lends memory.
#[derive(Debug)]
pub struct Pool {
    budget: &'static Budget,
}

/// Memory that an adapter has. Dropped, it is freed.
#[derive(Debug)]
pub struct Block {
    memory: Memory,
    _share: Share,
}

impl Budget {
    /// A budget of so many bytes.
    pub const fn new(bytes: usize) -> Budget {
        Budget { left: AtomicUsize::new(bytes) }
    }

    fn take(&'static self, bytes: usize) -> Option<Share> {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes))
            .ok()
            .map(|_| Share { budget: self, bytes })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.left.fetch_add(self.bytes, Ordering::Relaxed);
    }
}

impl Pool {
    /// A pool that lends within this budget.
    pub const fn new(budget: &'static Budget) -> Pool {
        Pool { budget }
    }

    /// Lends memory for a request.
    ///
    /// # Errors
    ///
    /// [`AllocError::InvalidParameter`] for a length of 0 or too near to 4 GiB; [`AllocError::Resources`] when the
    /// budget or the system has no such memory.
    pub fn lend(&self, request: &SharedMemoryRequest<'_>) -> Result<Block, AllocError> {
        let bytes = request.length().checked_next_multiple_of(PAGE).filter(|bytes| *bytes > 0);
        let bytes = bytes.ok_or(AllocError::InvalidParameter)?;
        let share = self.budget.take(bytes as usize).ok_or(AllocError::Resources)?;
        let memory = memory(bytes, request.preferred_node()).ok_or(AllocError::Resources)?;
        Ok(Block { memory, _share: share })
    }
}

impl Block {
    /// The memory itself.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }
}
