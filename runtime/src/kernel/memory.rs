//! [`ContiguousMemory`]: memory to share with a device.

use core::ptr::NonNull;

use crate::contract::ntoskrnl::{
    MmAllocateContiguousNodeMemory, MmFreeContiguousMemory, MmGetPhysicalAddress, PAGE_READWRITE,
};
use crate::family::shared_memory::{PhysicalRun, PreferredNode, SharedMemory};
use crate::sys::MM_ANY_NODE_OK;

/// Physically contiguous, non-paged, zeroed memory, freed when it is dropped. IRQL: up to DISPATCH_LEVEL.
///
/// Its one run is at its *physical* address. A device behind an IOMMU that remaps sees other addresses: a provider for
/// such a machine implements [`SharedMemory`] over a common buffer of the device's DMA adapter.
#[derive(Debug)]
pub struct ContiguousMemory {
    address: NonNull<u8>,
    length: u32,
}

// SAFETY: the memory belongs to the value, on whatever thread that is.
unsafe impl Send for ContiguousMemory {}
// SAFETY: the value gives out the memory's addresses only.
unsafe impl Sync for ContiguousMemory {}

impl ContiguousMemory {
    /// Allocates `length` bytes, which start on a page. `None` when there is no such memory, or for a length of 0.
    pub fn allocate(length: u32, node: PreferredNode) -> Option<ContiguousMemory> {
        if length == 0 {
            return None;
        }
        let node = match node {
            PreferredNode::Any => MM_ANY_NODE_OK,
            PreferredNode::Node(node) => node,
        };
        // SAFETY: the caller is at DISPATCH_LEVEL at most; memory may be anywhere and cross any boundary.
        let memory = unsafe { MmAllocateContiguousNodeMemory(length as usize, 0, i64::MAX, 0, PAGE_READWRITE, node) };
        let address = NonNull::new(memory.cast::<u8>())?;
        // What was there before must not reach a device. SAFETY: the memory is the caller's, that long.
        unsafe { address.write_bytes(0, length as usize) };
        Some(ContiguousMemory { address, length })
    }
}

// SAFETY: the memory is mapped, writable and nobody else's until the value is dropped, and it is one physical run.
unsafe impl SharedMemory for ContiguousMemory {
    fn virtual_address(&self) -> NonNull<u8> {
        self.address
    }

    fn length(&self) -> usize {
        self.length as usize
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        // SAFETY: the memory is mapped and stays in place.
        let address = unsafe { MmGetPhysicalAddress(self.address.as_ptr().cast()) };
        core::iter::once(PhysicalRun { address: address.cast_unsigned(), length: self.length })
    }
}

impl Drop for ContiguousMemory {
    fn drop(&mut self) {
        // SAFETY: the memory came from `MmAllocateContiguousNodeMemory` and is freed once.
        unsafe { MmFreeContiguousMemory(self.address.as_ptr().cast()) };
    }
}
