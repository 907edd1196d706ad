//! Handles: values that mean something only to the machine that gave them out.
//!
//! A handle is a number in the half of the address space that no process maps: a driver that looks behind one stops
//! there, and the simulation itself never follows one. Numbers are not used twice in a process, so a handle that has
//! ended, or was never given, is told from a live one whatever has happened since.

use std::collections::BTreeMap;
use std::fmt;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use ndis::sys::NDIS_HANDLE;

use crate::machine::{self, Inner};
use crate::report::Rule;

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

/// The machines of the live handles.
static OWNERS: Mutex<BTreeMap<usize, Weak<Inner>>> = Mutex::new(BTreeMap::new());

fn owners() -> MutexGuard<'static, BTreeMap<usize, Weak<Inner>>> {
    OWNERS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Handle {
    /// Gives out a new handle.
    pub(crate) fn issue(kind: Kind, owner: &Arc<Inner>) -> Handle {
        let number = ISSUED.fetch_add(1, Ordering::Relaxed) + 1;
        let value = BASE | number << KIND_BITS | kind as usize;
        owners().insert(value, Arc::downgrade(owner));
        Handle(value)
    }

    /// Ends the handle.
    pub(crate) fn end(self) {
        owners().remove(&self.0);
    }

    /// The value for a driver.
    pub(crate) fn as_raw(self) -> NDIS_HANDLE {
        ptr::without_provenance_mut(self.0)
    }

    pub(crate) fn kind(self) -> Kind {
        Kind::ALL[self.0 & ((1 << KIND_BITS) - 1)]
    }

    /// The machine of a live handle.
    fn owner(self) -> Option<Arc<Inner>> {
        owners().get(&self.0).and_then(Weak::upgrade)
    }

    /// A value that was given out at some time, read as a handle.
    fn of(raw: NDIS_HANDLE) -> Option<Handle> {
        let value = raw.addr();
        let number = (value & !BASE) >> KIND_BITS;
        let given = value & BASE != 0 && (1..=ISSUED.load(Ordering::Relaxed)).contains(&number);
        (given && value & ((1 << KIND_BITS) - 1) < Kind::ALL.len()).then_some(Handle(value))
    }
}

/// Forgets the handles of machines that are gone.
pub(crate) fn forget_ended_machines() {
    owners().retain(|_, owner| owner.strong_count() > 0);
}

/// Finds the live handle of one of these kinds that a driver passed in the argument `name`, and its machine. What is
/// wrong with any other is reported.
pub(crate) fn find(
    function: &'static str,
    name: &'static str,
    raw: NDIS_HANDLE,
    kinds: &[Kind],
) -> Option<(Arc<Inner>, Handle)> {
    let expected = || kinds.iter().map(Kind::to_string).collect::<Vec<_>>().join(" or ");
    let (rule, text) = match Handle::of(raw) {
        None if raw.is_null() => (Rule::BadPointer, format!("{name} is NULL, not the handle of {}", expected())),
        None => (Rule::UnknownHandle, format!("NDIS gave no handle {raw:?}, which {name} is")),
        Some(handle) => match handle.owner() {
            Some(owner) if kinds.contains(&handle.kind()) => return Some((owner, handle)),
            Some(owner) => {
                let text = format!("{name} is the handle of {}, not of {}", handle.kind(), expected());
                owner.breach(Rule::HandleKind, function, text);
                return None;
            }
            None if handle.kind() == Kind::Allocation && kinds.contains(&Kind::Allocation) => {
                (Rule::DoubleFree, format!("{name} was freed before"))
            }
            None => (Rule::StaleHandle, format!("{name} is the handle of {} that has ended", handle.kind())),
        },
    };
    machine::breach_here(rule, function, text);
    None
}
