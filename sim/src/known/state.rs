//! All that a machine knows.

use crate::known::adapters::Adapters;
use crate::known::allocations::Allocations;
use crate::known::drivers::Drivers;
use crate::known::faults::CallFaults;
use crate::known::modules::Modules;
use crate::known::providers::Providers;
use crate::known::table::Table;
use crate::known::watches::Watches;
use crate::report::{Report, Rule};

/// What NDIS knows. Never locked while a driver runs.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) report: Report,
    pub(crate) drivers: Drivers,
    pub(crate) providers: Providers,
    pub(crate) allocations: Allocations,
    pub(crate) modules: Modules,
    pub(crate) adapters: Adapters,
    pub(crate) faults: CallFaults,
    pub(crate) watches: Watches,
}

impl State {
    /// What should be gone or done when the machine finishes, and is not.
    pub(crate) fn unfinished(&self) -> Vec<(Rule, String)> {
        let tables: [&dyn Table; 4] = [&self.drivers, &self.allocations, &self.modules, &self.adapters];
        let mut breaches = Vec::new();
        tables.into_iter().for_each(|table| table.unfinished(&mut breaches));
        breaches
    }
}
