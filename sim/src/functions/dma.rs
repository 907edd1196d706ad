//! The functions with which a miniport prepares an adapter for scatter/gather DMA, and ends that.

use std::mem::offset_of;
use std::ptr;

use ndis::irql::Irql;
use ndis::sys::*;

use crate::known::handle::Kind;
use crate::machine::arguments::find;
use crate::memory::frames::PAGE_SIZE;
use crate::report::Rule;

/// Prepares an adapter for scatter/gather DMA, without which it gets no shared memory. The size of a list that is
/// answered has room for a mapping that starts in the middle of a page.
///
/// # Safety
///
/// The pointers are NULL or point to what their types say; the description is as long as its header says.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMRegisterScatterGatherDma(
    MiniportAdapterHandle: NDIS_HANDLE,
    DmaDescription: PNDIS_SG_DMA_DESCRIPTION,
    NdisMiniportDmaHandle: PNDIS_HANDLE,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisMRegisterScatterGatherDma";
    const SIZES: [u16; 2] = [NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1, NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_2];
    let adapter = find(FUNCTION, "MiniportAdapterHandle", MiniportAdapterHandle, &[Kind::Adapter]);
    let Some((machine, adapter)) = adapter else { return NDIS_STATUS_INVALID_PARAMETER };
    if !machine.pointer(FUNCTION, "NdisMiniportDmaHandle", NdisMiniportDmaHandle) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    // SAFETY: the caller's contract.
    unsafe { NdisMiniportDmaHandle.write(ptr::null_mut()) };
    if !machine.at_most(FUNCTION, Irql::PASSIVE) {
        return NDIS_STATUS_FAILURE;
    }
    // SAFETY: as above.
    let header = unsafe {
        let object_type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
        machine.header(FUNCTION, "DmaDescription", DmaDescription, object_type, &SIZES)
    };
    if header.is_none() {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    // SAFETY: the fields are in the first revision, whose size was checked.
    let (mapping, process) = unsafe {
        (
            (&raw const (*DmaDescription).MaximumPhysicalMapping).read(),
            (&raw const (*DmaDescription).ProcessSGListHandler).read(),
        )
    };
    if process.is_none() {
        machine.breach(Rule::MissingHandler, FUNCTION, "required and NULL: ProcessSGListHandler".to_owned());
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    let dma = machine.issue(Kind::Dma);
    let again = match machine.state().adapters.get(adapter) {
        Some(adapter) if adapter.dma.is_none() => {
            adapter.dma = Some(dma);
            false
        }
        _ => true,
    };
    if again {
        machine.end(dma);
        machine.breach(Rule::DmaRegistration, FUNCTION, "the adapter has registered DMA before".to_owned());
        return NDIS_STATUS_FAILURE;
    }
    let elements = (mapping as usize).div_ceil(PAGE_SIZE) + 1;
    let size = offset_of!(SCATTER_GATHER_LIST, Elements) + elements * size_of::<SCATTER_GATHER_ELEMENT>();
    // SAFETY: as above.
    unsafe {
        (&raw mut (*DmaDescription).ScatterGatherListSize).write(size as u32);
        NdisMiniportDmaHandle.write(dma.as_raw());
    }
    NDIS_STATUS_SUCCESS
}

/// Ends an adapter's scatter/gather DMA.
///
/// # Safety
///
/// None: the handle is only compared.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMDeregisterScatterGatherDma(NdisMiniportDmaHandle: NDIS_HANDLE) {
    const FUNCTION: &str = "NdisMDeregisterScatterGatherDma";
    let dma = find(FUNCTION, "NdisMiniportDmaHandle", NdisMiniportDmaHandle, &[Kind::Dma]);
    let Some((machine, dma)) = dma else { return };
    machine.at_most(FUNCTION, Irql::PASSIVE);
    machine.state().adapters.deregister_dma(dma);
    machine.end(dma);
}
