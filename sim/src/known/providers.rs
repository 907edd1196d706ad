//! The providers of shared memory, and what NDIS has of each.

use std::collections::BTreeSet;

use ndis::sys::*;

use crate::known::carried::Carried;
use crate::known::handle::Handle;
use crate::report::Assumption;

type Allocate = unsafe extern "system" fn(NDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, PNDIS_HANDLE) -> NDIS_STATUS;
type Free = unsafe extern "system" fn(NDIS_HANDLE, NDIS_HANDLE);

/// Where to call a provider, and with which context.
#[derive(Clone, Copy)]
pub(crate) struct Entries {
    pub(crate) context: Carried,
    pub(crate) allocate: Allocate,
    pub(crate) free: Free,
}

/// The providers, each known by its place in the order of their registration; they stay when their driver is gone.
#[derive(Default)]
pub(crate) struct Providers {
    list: Vec<Provider>,
    /// Calls that have begun.
    calls: u64,
}

/// A provider's table, and what NDIS has of it.
pub(crate) struct Provider {
    driver: Handle,
    entries: Entries,
    /// Its driver is being deregistered, or is gone: it gets no new requests.
    closing: bool,
    gone: bool,
    /// Calls that run now.
    in_flight: usize,
    /// The handles of its blocks that are in use, by address.
    pub(crate) blocks: BTreeSet<usize>,
    /// Blocks that it gave and has not got back.
    pub(crate) outstanding: usize,
}

impl Providers {
    /// Adds a provider.
    pub(crate) fn add(&mut self, driver: Handle, entries: Entries) -> usize {
        self.list.push(Provider {
            driver,
            entries,
            closing: false,
            gone: false,
            in_flight: 0,
            blocks: BTreeSet::new(),
            outstanding: 0,
        });
        self.list.len() - 1
    }

    /// A provider that was added.
    pub(crate) fn at(&mut self, provider: usize) -> &mut Provider {
        &mut self.list[provider]
    }

    /// The provider that gets a request now, and what the choice relies on.
    pub(crate) fn choose(&self) -> (Option<usize>, Option<Assumption>) {
        let mut candidates = self.list.iter().enumerate().rev().filter(|(_, provider)| !provider.closing);
        let chosen = candidates.next().map(|(index, _)| index);
        let assumption = match (chosen, candidates.next()) {
            (None, _) => Some(Assumption::HalFallback),
            (Some(_), Some(_)) => Some(Assumption::NewestProvider),
            (Some(_), None) => None,
        };
        (chosen, assumption)
    }

    /// Begins a call, unless the provider's driver, which is returned too, is gone.
    pub(crate) fn begin(&mut self, provider: usize) -> Option<(Entries, Handle)> {
        let target = self.list.get_mut(provider).filter(|target| !target.gone)?;
        target.in_flight += 1;
        self.calls += 1;
        Some((target.entries, target.driver))
    }

    /// Ends a call.
    pub(crate) fn end(&mut self, provider: usize) {
        self.list[provider].in_flight -= 1;
    }

    /// Gives the driver's providers no new requests.
    pub(crate) fn close(&mut self, driver: Handle) {
        self.of(driver).for_each(|(_, provider)| provider.closing = true);
    }

    /// Whether a provider of the driver is being called.
    pub(crate) fn are_called(&self, driver: Handle) -> bool {
        self.list.iter().any(|provider| provider.driver == driver && provider.in_flight > 0)
    }

    /// Lets no call of the driver's providers begin any more, and says which they are.
    pub(crate) fn retire(&mut self, driver: Handle) -> Vec<usize> {
        let retire = |(index, provider): (usize, &mut Provider)| {
            provider.gone = true;
            index
        };
        self.of(driver).map(retire).collect()
    }

    fn of(&mut self, driver: Handle) -> impl Iterator<Item = (usize, &mut Provider)> {
        self.list.iter_mut().enumerate().filter(move |(_, provider)| provider.driver == driver)
    }

    /// How many calls have begun, if none runs now.
    pub(crate) fn quiet_calls(&self) -> Option<u64> {
        self.list.iter().all(|provider| provider.in_flight == 0).then_some(self.calls)
    }

    /// Blocks that all providers gave and have not got back.
    pub(crate) fn outstanding(&self) -> usize {
        self.list.iter().map(|provider| provider.outstanding).sum()
    }
}
