//! The drivers that are registered.

use std::collections::BTreeMap;
use std::fmt;

use crate::known::handle::{Handle, Kind};
use crate::known::table::Table;
use crate::report::Rule;

/// The registered drivers.
#[derive(Default)]
pub(crate) struct Drivers(BTreeMap<Handle, Driver>);

struct Driver {
    kind: Kind,
    name: String,
    /// Its set options callback is running.
    sets_options: bool,
}

impl Drivers {
    /// Adds a driver, whose set options callback comes next.
    pub(crate) fn add(&mut self, handle: Handle, name: String) {
        self.0.insert(handle, Driver { kind: handle.kind(), name, sets_options: true });
    }

    /// The driver's set options callback is over.
    pub(crate) fn options_are_set(&mut self, handle: Handle) {
        if let Some(driver) = self.0.get_mut(&handle) {
            driver.sets_options = false;
        }
    }

    /// Whether the driver's set options callback is running.
    pub(crate) fn sets_options(&self, handle: Handle) -> bool {
        self.0.get(&handle).is_some_and(|driver| driver.sets_options)
    }

    pub(crate) fn remove(&mut self, handle: Handle) {
        self.0.remove(&handle);
    }
}

impl Table for Drivers {
    fn unfinished(&self, breaches: &mut Vec<(Rule, String)>) {
        for driver in self.0.values() {
            breaches.push((Rule::DriverStillRegistered, format!("{driver} is still registered")));
        }
    }
}

impl fmt::Display for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Driver { kind, name, .. } = self;
        if name.is_empty() { write!(f, "{kind}") } else { write!(f, "{kind}, {name:?},") }
    }
}
