//! What providers count themselves, to compare with what NDIS has.

use std::sync::Arc;

/// The numbers that a test watches.
#[derive(Default)]
pub(crate) struct Watches {
    pub(crate) list: Vec<Watch>,
    /// The last numbers, watched and NDIS's, that were reported as different.
    mismatch: Option<(usize, usize)>,
}

/// A provider's own number of blocks outside.
#[derive(Clone)]
pub(crate) struct Watch {
    pub(crate) name: String,
    pub(crate) outstanding: Arc<dyn Fn() -> usize + Send + Sync>,
}

impl Watches {
    /// Whether these numbers are different, and not the last that were reported.
    pub(crate) fn is_mismatch(&mut self, found: usize, expected: usize) -> bool {
        found != expected && self.mismatch.replace((found, expected)) != Some((found, expected))
    }
}
