//! Processor cycles as the time stamp counter has them, many times.

use std::arch::x86_64::_rdtsc;

/// What many rounds took.
pub(crate) struct Median(Vec<u64>);

impl Median {
    pub(crate) const fn new() -> Median {
        Median(Vec::new())
    }

    pub(crate) fn time(&mut self, run: impl FnOnce()) {
        // SAFETY: every processor for 64 bits has the counter.
        let start = unsafe { _rdtsc() };
        run();
        // SAFETY: as above.
        let end = unsafe { _rdtsc() };
        self.0.push(end.saturating_sub(start));
    }

    /// The lower quartile, the median and the upper quartile.
    pub(crate) fn quartiles(&mut self) -> [u64; 3] {
        self.0.sort_unstable();
        [1, 2, 3].map(|quarter| self.0[self.0.len() * quarter / 4])
    }
}
