//! Handles: values that mean something only to the machine that gave them out.
//!
//! A handle is a number in the half of the address space that no process maps: a driver that looks behind one stops
//! there, and the simulation itself never follows one. Numbers are not used twice in a process, so a handle that has
//! ended, or was never given, is told from a live one whatever has happened since.

use std::fmt;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use ndis::sys::NDIS_HANDLE;

/// What a handle is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    ProtocolDriver,
    MiniportDriver,
    Adapter,
    Dma,
    Allocation,
    FilterModule,
}

impl Kind {
    /// In the order of their numbers.
    const ALL: [Kind; 6] =
        [Kind::ProtocolDriver, Kind::MiniportDriver, Kind::Adapter, Kind::Dma, Kind::Allocation, Kind::FilterModule];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::ProtocolDriver => "a protocol driver",
            Kind::MiniportDriver => "a miniport driver",
            Kind::Adapter => "a miniport adapter",
            Kind::Dma => "a scatter/gather DMA registration",
            Kind::Allocation => "a shared memory allocation",
            Kind::FilterModule => "a filter module",
        })
    }
}

/// The top bit, then a running number, then four bits of kind.
const BASE: usize = 1 << (usize::BITS - 1);
const KIND_BITS: u32 = 4;

/// A handle that was given out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Handle(usize);

static ISSUED: AtomicUsize = AtomicUsize::new(0);

impl Handle {
    /// A new handle.
    pub(crate) fn new(kind: Kind) -> Handle {
        let number = ISSUED.fetch_add(1, Ordering::Relaxed) + 1;
        Handle(BASE | number << KIND_BITS | kind as usize)
    }

    /// The value for a driver.
    pub(crate) fn as_raw(self) -> NDIS_HANDLE {
        ptr::without_provenance_mut(self.0)
    }

    pub(crate) fn kind(self) -> Kind {
        Kind::ALL[self.0 & ((1 << KIND_BITS) - 1)]
    }

    /// A value that was given out at some time, read as a handle.
    pub(crate) fn of(raw: NDIS_HANDLE) -> Option<Handle> {
        let value = raw.addr();
        let number = (value & !BASE) >> KIND_BITS;
        let given = value & BASE != 0 && (1..=ISSUED.load(Ordering::Relaxed)).contains(&number);
        (given && value & ((1 << KIND_BITS) - 1) < Kind::ALL.len()).then_some(Handle(value))
    }
}
