//! A call of a provider: which one is called, at which level, and who waits until it is over.

use std::cell::RefCell;
use std::process;
use std::sync::{Arc, PoisonError};

use ndis::irql::{self, Irql};

use crate::known::carried::Carried;
use crate::known::handle::Handle;
use crate::known::providers::Entries;
use crate::machine::inner::Inner;
use crate::machine::provoking::provoke;
use crate::report::Rule;

const FREE: &str = "FREE_SHARED_MEMORY_HANDLER";

/// The provider that gets a request now.
pub(crate) fn choose(machine: &Inner) -> Option<usize> {
    let mut state = machine.state();
    let (chosen, assumption) = state.providers.choose();
    state.report.assumptions.extend(assumption);
    chosen
}

thread_local! {
    /// The drivers whose providers this thread is in.
    static INSIDE: RefCell<Vec<Handle>> = const { RefCell::new(Vec::new()) };
}

/// A call of a provider that may go on: its driver's deregistration waits for it.
pub(crate) struct Call<'m> {
    machine: &'m Arc<Inner>,
    provider: usize,
    pub(crate) entries: Entries,
    level: Irql,
}

impl<'m> Call<'m> {
    /// Begins a call, unless the provider's driver is gone.
    pub(crate) fn begin(machine: &'m Arc<Inner>, provider: usize) -> Option<Call<'m>> {
        let mut state = machine.state();
        let (entries, driver) = state.providers.begin(provider)?;
        let level = state.faults.take_irql().unwrap_or_else(Irql::current);
        INSIDE.with_borrow_mut(|inside| inside.push(driver));
        Some(Call { machine, provider, entries, level })
    }

    /// Makes the call, and checks that the provider comes back to the level it was called at.
    pub(crate) fn make<R>(&self, place: &'static str, faulty: bool, call: impl FnOnce() -> R) -> R {
        let provoking = faulty || self.level != Irql::current();
        irql::simulate(self.level, || provoke(provoking, || self.machine.call(place, call)))
    }

    /// Gives a block back to the provider.
    pub(crate) fn free(&self, block: Carried) {
        let Entries { context, free, .. } = self.entries;
        // SAFETY: by the contract of its registration the handler takes its context and a block that it gave; the
        // driver is registered, since this call holds it.
        self.make(FREE, false, || unsafe { free(context.0, block.0) });
        self.machine.state().providers.at(self.provider).outstanding -= 1;
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.machine.state().providers.end(self.provider);
        INSIDE.with_borrow_mut(Vec::pop);
        self.machine.call_ended.notify_all();
    }
}

/// Ends the providers of a driver: waits for the calls that run, and lets no other begin.
pub(crate) fn retire(machine: &Inner, function: &'static str, driver: Handle) {
    if INSIDE.with_borrow(|inside| inside.contains(&driver)) {
        eprintln!("ndis-sim: {function} in a callback of this driver, for which it waits: Windows would hang");
        process::abort();
    }
    let mut state = machine.state();
    state.providers.close(driver);
    while state.providers.are_called(driver) {
        state = machine.call_ended.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    let gone = state.providers.retire(driver);
    let lost = state.allocations.lose_providers(&gone);
    drop(state);
    if let Some(lost) = lost {
        let text = format!("{lost} of the driver's provider are in use");
        machine.breach(Rule::BlocksOutliveProvider, function, text);
    }
}
