//! Pages: memory of the machine, with the addresses that a device would see.

use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use ndis::{PhysicalRun, SharedMemory};

use crate::machine::{self, Inner};
use crate::memory::Memory;

/// The size of a page in bytes.
pub const PAGE_SIZE: usize = 4096;

/// Zeroed, page-aligned memory of the machine that the thread is in, with simulated physical addresses. Dropping it
/// gives it back.
///
/// Physical addresses are unique in the process and beyond 4 GiB. Memory that need not be contiguous lies in several
/// pieces (runs of one to three pages, the first at the highest address) as soon as it has more than one page, and
/// never in more pieces than pages.
///
/// ```
/// use ndis::SharedMemory;
/// use ndis_sim::{Machine, Pages};
///
/// let machine = Machine::new();
/// machine.refuse_pages(2);
/// machine.run(|| {
///     let pages = Pages::allocate(10_000, false).expect("not refused");
///     assert_eq!(pages.length(), 3 * ndis_sim::PAGE_SIZE);
///     assert!(pages.physical_runs().count() > 1);
///     assert!(Pages::allocate(10_000, false).is_none());
/// });
/// # machine.finish().assert_clean();
/// ```
#[derive(Debug)]
pub struct Pages {
    memory: Memory,
    length: usize,
    runs: Vec<PhysicalRun>,
    /// The machine that counts them.
    _counted: Option<Counted>,
}

impl Pages {
    /// Memory of at least `length` bytes; `None` if there is none, or the machine's faults say so, or for a length that
    /// no block can have (0, or contiguous and 4 GiB or more).
    pub fn allocate(length: usize, contiguous: bool) -> Option<Pages> {
        let bytes = length.checked_next_multiple_of(PAGE_SIZE).filter(|bytes| *bytes > 0)?;
        let counted = match machine::current() {
            Some(machine) if !machine.pages().take(bytes) => return None,
            machine => machine.map(|machine| Counted { machine: Arc::downgrade(&machine), bytes }),
        };
        Pages::build(bytes, contiguous, counted)
    }

    /// Memory that the host has whatever the machine's faults say, and that nobody counts.
    pub(crate) fn of_host(length: usize) -> Option<Pages> {
        Pages::build(length.max(1).checked_next_multiple_of(PAGE_SIZE)?, true, None)
    }

    fn build(length: usize, contiguous: bool, counted: Option<Counted>) -> Option<Pages> {
        let runs = physical_runs(length / PAGE_SIZE, contiguous)?;
        Some(Pages { memory: Memory::try_zeroed(length, PAGE_SIZE)?, length, runs, _counted: counted })
    }
}

// SAFETY: the memory is on the heap, of this length, and stays there when the value moves; only `virtual_address` leads
// to it. No device exists that could write to the physical addresses.
unsafe impl SharedMemory for Pages {
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

/// A place in a machine's books. The machine may hold what holds the pages, so this does not hold the machine.
#[derive(Debug)]
struct Counted {
    machine: Weak<Inner>,
    bytes: usize,
}

impl Drop for Counted {
    fn drop(&mut self) {
        if let Some(machine) = self.machine.upgrade() {
            machine.pages().give_back(self.bytes);
        }
    }
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
