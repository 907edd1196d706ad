//! Providers of shared memory: registration, and what surrounds a call of one.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::mem;
use std::process;
use std::sync::{Arc, PoisonError};

use ndis::NdisStatus;
use ndis::irql::{self, Irql};
use ndis::sys::*;

use crate::faults;
use crate::handles::{self, Handle, Kind};
use crate::machine::{Inner, State};
use crate::report::{Assumption, Rule};
use crate::shared_memory;

pub(crate) const ALLOCATE: &str = "ALLOCATE_SHARED_MEMORY_HANDLER";
pub(crate) const FREE: &str = "FREE_SHARED_MEMORY_HANDLER";

/// A value of a driver's that is only carried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Carried(pub(crate) NDIS_HANDLE);

// SAFETY: the value is not followed here; drivers are promised callbacks from any thread.
unsafe impl Send for Carried {}
// SAFETY: as above.
unsafe impl Sync for Carried {}

type Allocate = unsafe extern "system" fn(NDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, PNDIS_HANDLE) -> NDIS_STATUS;
type Free = unsafe extern "system" fn(NDIS_HANDLE, NDIS_HANDLE);

/// A provider's table, and what NDIS has of it.
pub(crate) struct Provider {
    driver: Handle,
    pub(crate) entries: Entries,
    /// Its driver is being deregistered, or is gone: it gets no new requests.
    closing: bool,
    gone: bool,
    /// Calls that run now.
    pub(crate) in_flight: usize,
    /// The handles of its blocks that are in use, by address.
    pub(crate) blocks: BTreeSet<usize>,
    /// Blocks that it gave and has not got back.
    pub(crate) outstanding: usize,
}

/// Where to call a provider, and with which context.
#[derive(Clone, Copy)]
pub(crate) struct Entries {
    pub(crate) context: Carried,
    pub(crate) allocate: Allocate,
    pub(crate) free: Free,
}

/// Registers optional handlers. The simulation knows those of a shared memory provider.
///
/// Accepts the handle of a protocol or miniport driver whose set options callback is running.
///
/// # Safety
///
/// `OptionalHandlers` is NULL or points to a structure as long as its header says, whose handlers may be called with its
/// context until the driver has been deregistered.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisSetOptionalHandlers(
    NdisHandle: NDIS_HANDLE,
    OptionalHandlers: PNDIS_DRIVER_OPTIONAL_HANDLERS,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisSetOptionalHandlers";
    const DRIVERS: [Kind; 2] = [Kind::ProtocolDriver, Kind::MiniportDriver];
    let Some((machine, driver)) = handles::find(FUNCTION, "NdisHandle", NdisHandle, &DRIVERS) else {
        return NDIS_STATUS_INVALID_PARAMETER;
    };
    if !machine.at_most(FUNCTION, Irql::PASSIVE) {
        return NDIS_STATUS_FAILURE;
    }
    let table: PNDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS = OptionalHandlers.cast();
    // SAFETY: the caller's contract.
    let header = unsafe {
        let object_type = NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS;
        let sizes = [NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1];
        machine.header(FUNCTION, "OptionalHandlers", table, object_type, &sizes)
    };
    if header.is_none() {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    if !machine.state().drivers.get(&driver).is_some_and(|driver| driver.sets_options) {
        let text = "the driver's set options callback is not running".to_owned();
        machine.breach(Rule::OutsideSetOptions, FUNCTION, text);
        return NDIS_STATUS_INVALID_STATE;
    }
    // SAFETY: the fields are in the first revision, whose size was checked.
    let (context, allocate, free) = unsafe {
        (
            (&raw const (*table).ProviderContext).read(),
            (&raw const (*table).AllocateSharedMemoryHandler).read(),
            (&raw const (*table).FreeSharedMemoryHandler).read(),
        )
    };
    let (Some(allocate), Some(free)) = (allocate, free) else {
        let name = if allocate.is_none() { "AllocateSharedMemoryHandler" } else { "FreeSharedMemoryHandler" };
        machine.breach(Rule::MissingHandler, FUNCTION, format!("required and NULL: {name}"));
        return NDIS_STATUS_INVALID_PARAMETER;
    };
    let (provider, early_call) = {
        let mut state = machine.state();
        state.providers.push(Provider {
            driver,
            entries: Entries { context: Carried(context), allocate, free },
            closing: false,
            gone: false,
            in_flight: 0,
            blocks: BTreeSet::new(),
            outstanding: 0,
        });
        (state.providers.len() - 1, mem::take(&mut state.faults.early_call))
    };
    if early_call {
        shared_memory::allocate_and_free(&machine, provider);
    }
    NDIS_STATUS_SUCCESS
}

/// The provider that gets a request now.
pub(crate) fn choose(machine: &Inner) -> Option<usize> {
    let mut state = machine.state();
    let mut candidates = state.providers.iter().enumerate().rev().filter(|(_, provider)| !provider.closing);
    let chosen = candidates.next().map(|(index, _)| index);
    let assumption = match (chosen, candidates.next()) {
        (None, _) => Some(Assumption::HalFallback),
        (Some(_), Some(_)) => Some(Assumption::NewestProvider),
        (Some(_), None) => None,
    };
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
        let target = state.providers.get_mut(provider).filter(|target| !target.gone)?;
        target.in_flight += 1;
        let (entries, driver) = (target.entries, target.driver);
        state.calls += 1;
        let level = state.faults.take_irql().unwrap_or_else(Irql::current);
        INSIDE.with_borrow_mut(|inside| inside.push(driver));
        Some(Call { machine, provider, entries, level })
    }

    /// Makes the call, and checks that the provider comes back to the level it was called at.
    pub(crate) fn make<R>(&self, place: &'static str, faulty: bool, call: impl FnOnce() -> R) -> R {
        let provoking = faulty || self.level != Irql::current();
        irql::simulate(self.level, || faults::provoke(provoking, || self.machine.call(place, call)))
    }

    /// Gives a block back to the provider.
    pub(crate) fn free(&self, block: Carried) {
        let Entries { context, free, .. } = self.entries;
        // SAFETY: by the contract of its registration the handler takes its context and a block that it gave; the
        // driver is registered, since this call holds it.
        self.make(FREE, false, || unsafe { free(context.0, block.0) });
        self.machine.state().providers[self.provider].outstanding -= 1;
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.machine.state().providers[self.provider].in_flight -= 1;
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
    state
        .providers
        .iter_mut()
        .filter(|provider| provider.driver == driver)
        .for_each(|provider| provider.closing = true);
    while state.providers.iter().any(|provider| provider.driver == driver && provider.in_flight > 0) {
        state = machine.call_ended.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    let State { providers, allocations, virtual_memory, physical_memory, .. } = &mut *state;
    let (mut blocks, mut bytes) = (0, 0);
    for (index, provider) in providers.iter_mut().enumerate().filter(|(_, provider)| provider.driver == driver) {
        provider.gone = true;
        for block in allocations.values_mut().filter(|block| block.provider == Some(index)) {
            mem::take(&mut block.place).give_back(virtual_memory, physical_memory);
            if !mem::replace(&mut block.lost, true) {
                blocks += 1;
                bytes += u64::from(block.length);
            }
        }
    }
    drop(state);
    if blocks > 0 {
        let text = format!("{blocks} blocks of {bytes} bytes of the driver's provider are in use");
        machine.breach(Rule::BlocksOutliveProvider, function, text);
    }
}

/// Whether a provider may return this status.
pub(crate) fn may_return(status: NdisStatus) -> bool {
    [NdisStatus::SUCCESS, NdisStatus::RESOURCES, NdisStatus::INVALID_PARAMETER, NdisStatus::FAILURE].contains(&status)
}
