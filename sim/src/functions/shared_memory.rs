//! The functions with which drivers get shared memory, and give it back.

use std::ptr;

use ndis::irql::{self, Irql};
use ndis::sys::*;

use crate::known::handle::Kind;
use crate::machine::arguments::find;
use crate::report::Rule;
use crate::shared_memory::blocks::free;
use crate::shared_memory::call::{Call, choose};
use crate::shared_memory::hal::from_hal;
use crate::shared_memory::provider::from_provider;
use crate::shared_memory::request::Request;

/// Allocates shared memory for a miniport adapter that has scatter/gather DMA, from the newest provider of the machine
/// or, if there is none, from the HAL.
///
/// The answer reaches the consumer only if it is right: after one that could not be used (no handle, a wrong list, …)
/// the provider gets its block back, and the consumer gets `NDIS_STATUS_FAILURE`. Any other status that the provider
/// returns is handed on.
///
/// NDIS documents more kinds of `NdisHandle`: those of drivers and bindings. The simulation takes only an adapter's.
///
/// # Safety
///
/// The pointers are NULL or point to what their types say; the parameters are as long as their header says, and the list
/// buffer as long as they say.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisAllocateSharedMemory(
    NdisHandle: NDIS_HANDLE,
    SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    pAllocationHandle: PNDIS_HANDLE,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisAllocateSharedMemory";
    if !pAllocationHandle.is_null() && pAllocationHandle.is_aligned() {
        // SAFETY: the caller's contract.
        unsafe { pAllocationHandle.write(ptr::null_mut()) };
    }
    let Some((machine, adapter)) = find(FUNCTION, "NdisHandle", NdisHandle, &[Kind::Adapter]) else {
        return NDIS_STATUS_INVALID_PARAMETER;
    };
    if !machine.pointer(FUNCTION, "pAllocationHandle", pAllocationHandle) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    let level = Irql::current();
    if level != Irql::PASSIVE {
        machine.breach(Rule::AllocatedAtRaisedIrql, FUNCTION, format!("called at {level}"));
        return NDIS_STATUS_FAILURE;
    }
    if machine.state().adapters.get(adapter).is_none_or(|adapter| adapter.dma.is_none()) {
        let text = "the adapter has not registered scatter/gather DMA".to_owned();
        machine.breach(Rule::NoScatterGatherDma, FUNCTION, text);
        return NDIS_STATUS_FAILURE;
    }
    // SAFETY: the caller's contract.
    let Some(request) = (unsafe { Request::read(&machine, FUNCTION, SharedMemoryParameters) }) else {
        return NDIS_STATUS_INVALID_PARAMETER;
    };
    let result = loop {
        let Some(provider) = choose(&machine) else { break from_hal(&machine, Some(adapter), &request) };
        if let Some(call) = Call::begin(&machine, provider) {
            break from_provider(&machine, &call, provider, Some(adapter), &request);
        }
    };
    match result {
        Ok((handle, answer)) => {
            // SAFETY: the caller's contract; the request was read from these parameters.
            unsafe {
                answer.write_to(SharedMemoryParameters, &request);
                pAllocationHandle.write(handle.as_raw());
            }
            NDIS_STATUS_SUCCESS
        }
        Err(status) => {
            *machine.state().report.counts.failures.entry(status.as_raw()).or_default() += 1;
            status.as_raw()
        }
    }
}

/// Frees a block: its provider gets it back. A handle that is not a live block's never reaches a provider; one mistake
/// that leaves no doubt about the block (a raised level, another adapter's handle) is reported, and the block is freed.
///
/// # Safety
///
/// None: the handles are only compared.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisFreeSharedMemory(NdisHandle: NDIS_HANDLE, AllocationHandle: NDIS_HANDLE) {
    const FUNCTION: &str = "NdisFreeSharedMemory";
    let Some((machine, handle)) = find(FUNCTION, "AllocationHandle", AllocationHandle, &[Kind::Allocation]) else {
        return;
    };
    machine.at_most(FUNCTION, Irql::PASSIVE);
    let consumer = machine.state().allocations.consumer(handle);
    if let Some(consumer) = consumer.filter(|consumer| consumer.as_raw() != NdisHandle) {
        let right = consumer.as_raw();
        let text = format!("NdisHandle is {NdisHandle:?}, and the block was allocated with {right:?}");
        machine.breach(Rule::WrongNdisHandle, FUNCTION, text);
    }
    irql::simulate(Irql::PASSIVE, || free(&machine, handle));
}
