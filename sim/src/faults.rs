//! Faults: what a machine does wrong on purpose.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ptr;

use ndis::irql::Irql;
use ndis::sys::{NDIS_OBJECT_TYPE_DEFAULT, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1};

use crate::machine::Machine;

/// Faults of memory. A request is counted whether or not it succeeds.
impl Machine {
    /// The `nth` [`Pages::allocate`](crate::Pages::allocate) from now on fails; 1 is the next. May be said several
    /// times.
    pub fn refuse_pages(&self, nth: u64) {
        let mut pages = self.inner().pages();
        let request = pages.requests + nth;
        pages.refused.insert(request);
    }

    /// Every [`Pages::allocate`](crate::Pages::allocate) after the next `count` fails.
    pub fn exhaust_pages_after(&self, count: u64) {
        let mut pages = self.inner().pages();
        pages.last = Some(pages.requests + count);
    }

    /// A [`Pages::allocate`](crate::Pages::allocate) fails if more than `bytes` would be allocated at a time.
    pub fn limit_page_bytes(&self, bytes: usize) {
        self.inner().pages().limit = Some(bytes);
    }

    /// There is memory again: undoes the three above.
    pub fn restore_pages(&self) {
        let mut pages = self.inner().pages();
        pages.refused.clear();
        pages.last = None;
        pages.limit = None;
    }
}

/// Faults of calls. What the entries of `#[ndis_callback]` notice in such a call is marked as
/// [provoked](crate::Breach::provoked).
impl Machine {
    /// The next `calls` calls of a provider, to allocate or to free, are made at `level`.
    ///
    /// A provider that refuses to free at this level keeps the block.
    pub fn raise_irql(&self, level: Irql, calls: u32) {
        self.inner().state().faults.irql = Some((level, calls));
    }

    /// The next call to allocate passes parameters with a changed header.
    pub fn corrupt_header(&self, change: HeaderFault) {
        self.inner().state().faults.allocate.header = Some(change);
    }

    /// The next call to allocate passes a bad pointer.
    pub fn corrupt_pointer(&self, argument: Argument, pointer: BadPointer) {
        self.inner().state().faults.allocate.pointer = Some((argument, pointer));
    }

    /// The next provider that registers is called before its registration returns: it allocates a block of a page,
    /// which is freed at once.
    pub fn call_during_registration(&self) {
        self.inner().state().faults.early_call = true;
    }
}

/// A wrong field in the header of the parameters of an allocation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeaderFault {
    /// `Header.Type`. A provider must refuse any but `NDIS_OBJECT_TYPE_DEFAULT`.
    Type(u8),
    /// `Header.Size`. A provider must refuse one below the first revision's.
    Size(u16),
    /// `Header.Revision`. A provider takes a newer one.
    Revision(u8),
}

/// An argument of a provider's allocate handler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Argument {
    /// `ProviderContext`
    ProviderContext,
    /// `SharedMemoryParameters`
    Parameters,
    /// `SharedMemoryParameters->SGListBuffer`
    ScatterGatherList,
    /// `pSharedMemoryProviderContext`
    BlockHandle,
}

/// What is wrong with a pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadPointer {
    /// It is NULL.
    Null,
    /// It is one byte further than it should be.
    Misaligned,
}

impl BadPointer {
    fn spoil<T>(self, pointer: *mut T) -> *mut T {
        match self {
            BadPointer::Null => ptr::null_mut(),
            BadPointer::Misaligned => pointer.wrapping_byte_add(1),
        }
    }
}

/// The faults of the next calls.
#[derive(Default)]
pub(crate) struct CallFaults {
    irql: Option<(Irql, u32)>,
    allocate: AllocateFaults,
    pub(crate) early_call: bool,
}

impl CallFaults {
    /// The level of the next call of a provider, if it is not the caller's.
    pub(crate) fn take_irql(&mut self) -> Option<Irql> {
        let (level, calls) = self.irql.filter(|(_, calls)| *calls > 0)?;
        self.irql = Some((level, calls - 1));
        Some(level)
    }

    pub(crate) fn take_allocate(&mut self) -> AllocateFaults {
        std::mem::take(&mut self.allocate)
    }
}

/// The faults of one call to allocate.
#[derive(Clone, Copy, Default)]
pub(crate) struct AllocateFaults {
    pub(crate) header: Option<HeaderFault>,
    pointer: Option<(Argument, BadPointer)>,
}

impl AllocateFaults {
    pub(crate) fn are_none(self) -> bool {
        self.header.is_none() && self.pointer.is_none()
    }

    /// The pointer to pass in this argument.
    pub(crate) fn pointer<T>(self, argument: Argument, right: *mut T) -> *mut T {
        match self.pointer {
            Some((spoilt, bad)) if spoilt == argument => bad.spoil(right),
            _ => right,
        }
    }

    /// Whether a provider cannot do right but to refuse.
    pub(crate) fn must_be_refused(self) -> bool {
        let header = match self.header {
            Some(HeaderFault::Type(found)) => found != NDIS_OBJECT_TYPE_DEFAULT,
            Some(HeaderFault::Size(found)) => found < NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1,
            Some(HeaderFault::Revision(_)) | None => false,
        };
        header || self.pointer.is_some()
    }
}

/// The memory of a machine: what there is and what is refused.
#[derive(Default)]
pub(crate) struct PageFaults {
    pub(crate) live: usize,
    pub(crate) live_bytes: usize,
    requests: u64,
    refused: BTreeSet<u64>,
    last: Option<u64>,
    limit: Option<usize>,
}

impl PageFaults {
    /// Counts a request, and takes the bytes if it is granted.
    pub(crate) fn take(&mut self, bytes: usize) -> bool {
        self.requests += 1;
        let refused = self.refused.remove(&self.requests)
            || self.last.is_some_and(|last| self.requests > last)
            || self.limit.is_some_and(|limit| self.live_bytes + bytes > limit);
        if !refused {
            self.live += 1;
            self.live_bytes += bytes;
        }
        !refused
    }

    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.live -= 1;
        self.live_bytes -= bytes;
    }
}

thread_local! {
    static PROVOKING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread makes a call with a fault.
pub(crate) fn is_provoking() -> bool {
    PROVOKING.get()
}

/// Runs a call that has a fault if `provoking` says so.
pub(crate) fn provoke<R>(provoking: bool, call: impl FnOnce() -> R) -> R {
    let before = PROVOKING.replace(provoking);
    let value = call();
    PROVOKING.set(before);
    value
}
