//! Pages: memory of the machine, which drivers under test take theirs from.

use std::ptr::NonNull;
use std::sync::{Arc, Weak};

use ndis::{PhysicalRun, SharedMemory};

use crate::machine::inner::{self, Inner};
use crate::memory::frames::{Frames, PAGE_SIZE};

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
    frames: Frames,
    /// The machine that counts them.
    _counted: Option<Counted>,
}

impl Pages {
    /// Memory of at least `length` bytes; `None` if there is none, or the machine's faults say so, or for a length that
    /// no block can have (0, or contiguous and 4 GiB or more).
    pub fn allocate(length: usize, contiguous: bool) -> Option<Pages> {
        let bytes = length.checked_next_multiple_of(PAGE_SIZE).filter(|bytes| *bytes > 0)?;
        let counted = match inner::current() {
            Some(machine) if !machine.supply().take(bytes) => return None,
            machine => machine.map(|machine| Counted { machine: Arc::downgrade(&machine), bytes }),
        };
        Some(Pages { frames: Frames::allocate(bytes, contiguous)?, _counted: counted })
    }
}

// SAFETY: the frames are such memory, and live as long as the value.
unsafe impl SharedMemory for Pages {
    fn virtual_address(&self) -> NonNull<u8> {
        self.frames.virtual_address()
    }

    fn length(&self) -> usize {
        self.frames.length()
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        self.frames.physical_runs()
    }
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
            machine.supply().give_back(self.bytes);
        }
    }
}
