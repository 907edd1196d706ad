//! Calls into drivers.

use std::sync::Arc;

use ndis::irql::{self, Irql};

use crate::machine::inner::Inner;
use crate::report::Rule;

impl Inner {
    /// Calls into a driver, at the thread's level, to which the driver must come back.
    pub(crate) fn call<R>(self: &Arc<Self>, place: &'static str, body: impl FnOnce() -> R) -> R {
        let entry = Irql::current();
        let (value, exit) = self.enter(|| irql::simulate(entry, || (body(), Irql::current())));
        if exit != entry {
            self.breach(Rule::IrqlChanged, place, format!("called at {entry}, returned at {exit}"));
        }
        value
    }
}
