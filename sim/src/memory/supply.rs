//! The supply of pages: how many there are, and which requests are refused on purpose.

use std::collections::BTreeSet;

/// The memory of a machine: what there is and what is refused.
#[derive(Default)]
pub(crate) struct Supply {
    pub(crate) live: usize,
    pub(crate) live_bytes: usize,
    requests: u64,
    refused: BTreeSet<u64>,
    last: Option<u64>,
    limit: Option<usize>,
}

impl Supply {
    /// Refuses the `nth` request from now on; 1 is the next.
    pub(crate) fn refuse(&mut self, nth: u64) {
        self.refused.insert(self.requests + nth);
    }

    /// Refuses every request after the next `count`.
    pub(crate) fn exhaust_after(&mut self, count: u64) {
        self.last = Some(self.requests + count);
    }

    /// Refuses what would make more than `bytes` at a time.
    pub(crate) fn limit(&mut self, bytes: usize) {
        self.limit = Some(bytes);
    }

    /// Refuses nothing any more.
    pub(crate) fn restore(&mut self) {
        self.refused.clear();
        self.last = None;
        self.limit = None;
    }

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
