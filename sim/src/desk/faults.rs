//! Faults: what a machine does wrong on purpose.

use ndis::irql::Irql;

use crate::desk::machine::Machine;
use crate::known::faults::{Argument, BadPointer, HeaderFault};

/// Faults of memory. A request is counted whether or not it succeeds.
impl Machine {
    /// The `nth` [`Pages::allocate`](crate::Pages::allocate) from now on fails; 1 is the next. May be said several
    /// times.
    pub fn refuse_pages(&self, nth: u64) {
        self.inner().supply().refuse(nth);
    }

    /// Every [`Pages::allocate`](crate::Pages::allocate) after the next `count` fails.
    pub fn exhaust_pages_after(&self, count: u64) {
        self.inner().supply().exhaust_after(count);
    }

    /// A [`Pages::allocate`](crate::Pages::allocate) fails if more than `bytes` would be allocated at a time.
    pub fn limit_page_bytes(&self, bytes: usize) {
        self.inner().supply().limit(bytes);
    }

    /// There is memory again: undoes the three above.
    pub fn restore_pages(&self) {
        self.inner().supply().restore();
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
