//! Frames: memory in whole pages, with the addresses that a device would see.

use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

use ndis::{PhysicalRun, SharedMemory};

use crate::memory::heap::Memory;

/// The size of a page in bytes.
pub const PAGE_SIZE: usize = 4096;

/// Zeroed, page-aligned memory with simulated physical addresses, which nobody counts.
#[derive(Debug)]
pub(crate) struct Frames {
    memory: Memory,
    length: usize,
    runs: Vec<PhysicalRun>,
}

impl Frames {
    /// Memory of so many whole pages, of which there is at least one; `None` if there is none, or for a length that no
    /// contiguous block can have.
    pub(crate) fn allocate(length: usize, contiguous: bool) -> Option<Frames> {
        let runs = physical_runs(length / PAGE_SIZE, contiguous)?;
        Some(Frames { memory: Memory::try_zeroed(length, PAGE_SIZE)?, length, runs })
    }
}

// SAFETY: the memory is on the heap, of this length, and stays there when the value moves; only `virtual_address` leads
// to it. No device exists that could write to the physical addresses.
unsafe impl SharedMemory for Frames {
    fn virtual_address(&self) -> NonNull<u8> {
        self.memory.start()
    }

    fn length(&self) -> usize {
        self.length
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        self.runs.iter().copied()
    }
}

/// Addresses for so many pages that nobody has had yet.
fn physical_runs(pages: usize, contiguous: bool) -> Option<Vec<PhysicalRun>> {
    /// Past 4 GiB, so that an address that was cut to 32 bits is noticed.
    static NEXT_FRAME: AtomicU64 = AtomicU64::new(0x10_0000);
    let run = |frame: u64, pages: usize| {
        let length = u32::try_from(pages * PAGE_SIZE).ok()?;
        Some(PhysicalRun { address: frame * PAGE_SIZE as u64, length })
    };
    if contiguous {
        return Some(vec![run(NEXT_FRAME.fetch_add(pages as u64 + 1, Ordering::Relaxed), pages)?]);
    }
    // Twice as many frames, so that one is left out after each run.
    let first = NEXT_FRAME.fetch_add(2 * pages as u64, Ordering::Relaxed);
    let (mut runs, mut frame, mut left) = (Vec::new(), first + 2 * pages as u64, pages);
    while left > 0 {
        // 1, 2, 3, 1, 2, 3, …
        let length = (runs.len() % 3 + 1).min(left);
        frame -= length as u64 + 1;
        left -= length;
        runs.push(run(frame, length)?);
    }
    Some(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_apart_and_add_up() {
        for pages in 1..20 {
            let runs = physical_runs(pages, false).expect("short enough");
            assert!(runs.len() <= pages && (runs.len() > 1) == (pages > 1));
            assert_eq!(runs.iter().map(|run| run.length as usize).sum::<usize>(), pages * PAGE_SIZE);
            for pair in runs.windows(2) {
                assert!(pair[1].address + u64::from(pair[1].length) < pair[0].address);
            }
        }
    }

    #[test]
    fn a_contiguous_block_is_one_run() {
        let first = physical_runs(5, true).expect("short enough");
        let second = physical_runs(5, true).expect("short enough");
        assert_eq!((first.len(), first[0].length), (1, 5 * PAGE_SIZE as u32));
        assert!(first[0].address.abs_diff(second[0].address) > 5 * PAGE_SIZE as u64);
        assert_eq!(physical_runs(1 << 20, true), None);
    }
}
