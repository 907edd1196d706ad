//! The function with which a driver registers a provider of shared memory.

use std::mem;

use ndis::irql::Irql;
use ndis::sys::*;

use crate::known::carried::Carried;
use crate::known::handle::Kind;
use crate::known::providers::Entries;
use crate::machine::arguments::find;
use crate::report::Rule;
use crate::shared_memory::provider;

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
    let Some((machine, driver)) = find(FUNCTION, "NdisHandle", NdisHandle, &DRIVERS) else {
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
    if !machine.state().drivers.sets_options(driver) {
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
        let entries = Entries { context: Carried(context), allocate, free };
        (state.providers.add(driver, entries), mem::take(&mut state.faults.early_call))
    };
    if early_call {
        provider::allocate_and_free(&machine, provider);
    }
    NDIS_STATUS_SUCCESS
}
