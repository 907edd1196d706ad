//! A call of a callback, as C makes it, and what is noted while it runs.

use core::cell::RefCell;
use core::fmt::Write;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use crate::text::Text;

/// The status of a callback that panicked.
pub(crate) const STATUS_UNSUCCESSFUL: i32 = 0xC000_0001_u32 as i32;

/// How many panics began.
pub(crate) static PANICS: AtomicUsize = AtomicUsize::new(0);
/// How many guards were dropped.
pub(crate) static DROPS: AtomicUsize = AtomicUsize::new(0);
/// Panics are not printed.
pub(crate) static QUIET: AtomicBool = AtomicBool::new(false);

/// What C knows of a callback.
pub(crate) type Callback = extern "C" fn(&Call) -> i32;

/// The context of a call.
pub(crate) struct Call {
    pub(crate) input: usize,
    /// The names of what was dropped, in that order.
    pub(crate) log: RefCell<Text<256>>,
}

impl Call {
    pub(crate) fn new(input: usize) -> Call {
        Call { input, log: RefCell::new(Text::new()) }
    }

    pub(crate) fn note(&self, what: &str) {
        let mut log = self.log.borrow_mut();
        let space = if log.as_str().is_empty() { "" } else { " " };
        let _ = write!(log, "{space}{what}");
    }

    /// Something whose drop is noted.
    pub(crate) fn guard<'a>(&'a self, name: &'static str) -> Guard<'a> {
        Guard { call: self, name }
    }
}

pub(crate) struct Guard<'a> {
    call: &'a Call,
    pub(crate) name: &'static str,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        DROPS.fetch_add(1, Relaxed);
        self.call.note(self.name);
    }
}

/// The boundary of this driver: where a panic becomes a status.
pub(crate) fn boundary(body: impl FnOnce() -> i32) -> i32 {
    ndis_unwind::catch(body).unwrap_or(STATUS_UNSUCCESSFUL)
}
