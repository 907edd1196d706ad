//! The memory a provider shares.

use core::ptr::NonNull;

/// A physically contiguous piece of memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PhysicalRun {
    /// Where it starts, as a device sees it.
    pub address: u64,
    /// Its length in bytes.
    pub length: u32,
}

/// Memory that a provider may share with a consumer and its device.
///
/// # Safety
///
/// As long as the value lives, also when it moves:
///
/// - [`length`](Self::length) bytes at [`virtual_address`](Self::virtual_address) are mapped, writable, and used by
///   nobody else in a way that writes of the consumer or the device at any time would break;
/// - [`physical_runs`](Self::physical_runs) are that memory's pieces, in order, and describe nothing else: a device
///   will write there.
pub unsafe trait SharedMemory {
    /// Where the processor sees the memory.
    fn virtual_address(&self) -> NonNull<u8>;

    /// The length of the memory in bytes.
    fn length(&self) -> usize;

    /// Where a device sees the memory.
    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun>;
}
