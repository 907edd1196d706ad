//! The NDIS functions.
//!
//! A driver gets them from `ndis.sys`. With the feature `std`, on a host that has no NDIS, nothing is linked here: the
//! crate `ndis-sim` defines the same symbols.
//!
//! # Safety
//!
//! All of them are `unsafe`: the caller must be at the IRQL that is stated, handles must be live and of the stated
//! kind, and pointers must point to what their type says. *In*, *out* and *in/out* are what the header's annotations
//! say about an argument.

use super::base::*;
use super::filter::PNDIS_FILTER_ATTRIBUTES;
use super::miniport::{PNDIS_MINIPORT_DRIVER_CHARACTERISTICS, PNDIS_SG_DMA_DESCRIPTION};
use super::nbl::PNET_BUFFER_LIST;
use super::oid::PNDIS_OID_REQUEST;
use super::protocol::PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS;
use super::set_options::PNDIS_DRIVER_OPTIONAL_HANDLERS;
use super::shared_memory::PNDIS_SHARED_MEMORY_PARAMETERS;

// ndis.sys exports plain names, which on x86 are not those that the calling convention would give.
#[cfg_attr(
    all(windows, not(feature = "std"), not(target_arch = "x86")),
    link(name = "ndis.sys", kind = "raw-dylib", modifiers = "+verbatim")
)]
#[cfg_attr(
    all(windows, not(feature = "std"), target_arch = "x86"),
    link(name = "ndis.sys", kind = "raw-dylib", modifiers = "+verbatim", import_name_type = "undecorated")
)]
unsafe extern "system" {
    /// Registers optional handlers, such as those of a shared memory provider. IRQL: PASSIVE_LEVEL.
    ///
    /// `NdisHandle` (in) is the handle of a driver, a binding or a filter module; `OptionalHandlers` (in) is copied.
    pub fn NdisSetOptionalHandlers(
        NdisHandle: NDIS_HANDLE,
        OptionalHandlers: PNDIS_DRIVER_OPTIONAL_HANDLERS,
    ) -> NDIS_STATUS;

    /// Registers a protocol driver. IRQL: PASSIVE_LEVEL. The result must be inspected.
    ///
    /// `ProtocolDriverContext` (in, may be null) is the driver's own; `ProtocolCharacteristics` is in,
    /// `NdisProtocolHandle` out. Callbacks can come before the function returns.
    pub fn NdisRegisterProtocolDriver(
        ProtocolDriverContext: NDIS_HANDLE,
        ProtocolCharacteristics: PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
        NdisProtocolHandle: PNDIS_HANDLE,
    ) -> NDIS_STATUS;

    /// Undoes [`NdisRegisterProtocolDriver`]. IRQL: PASSIVE_LEVEL.
    ///
    /// `NdisProtocolHandle` (in) is no longer valid afterwards, and NDIS no longer calls the driver.
    pub fn NdisDeregisterProtocolDriver(NdisProtocolHandle: NDIS_HANDLE);

    /// Registers a miniport driver. IRQL: PASSIVE_LEVEL. The result must be inspected.
    ///
    /// `DriverObject` and `RegistryPath` (in) are those of `DriverEntry`; `MiniportDriverContext` (in, may be null) is
    /// the driver's own; `MiniportDriverCharacteristics` is in, `NdisMiniportDriverHandle` out.
    pub fn NdisMRegisterMiniportDriver(
        DriverObject: PDRIVER_OBJECT,
        RegistryPath: PUNICODE_STRING,
        MiniportDriverContext: NDIS_HANDLE,
        MiniportDriverCharacteristics: PNDIS_MINIPORT_DRIVER_CHARACTERISTICS,
        NdisMiniportDriverHandle: PNDIS_HANDLE,
    ) -> NDIS_STATUS;

    /// Undoes [`NdisMRegisterMiniportDriver`]. IRQL: PASSIVE_LEVEL.
    ///
    /// `NdisMiniportDriverHandle` (in) is no longer valid afterwards, and NDIS no longer calls the driver.
    pub fn NdisMDeregisterMiniportDriver(NdisMiniportDriverHandle: NDIS_HANDLE);

    /// Asks for shared memory, from a provider if there is one. IRQL: PASSIVE_LEVEL.
    ///
    /// `NdisHandle` (in) is the handle of an adapter, a binding, or a miniport or protocol driver;
    /// `SharedMemoryParameters` (in/out) is the request and takes the answers; `pAllocationHandle` (out) is what
    /// [`NdisFreeSharedMemory`] takes, and null on failure. Never pends.
    pub fn NdisAllocateSharedMemory(
        NdisHandle: NDIS_HANDLE,
        SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS,
        pAllocationHandle: PNDIS_HANDLE,
    ) -> NDIS_STATUS;

    /// Gives back what [`NdisAllocateSharedMemory`] gave. IRQL: PASSIVE_LEVEL.
    ///
    /// `NdisHandle` (in) is the handle the memory was asked for with; `AllocationHandle` (in) is no longer valid
    /// afterwards.
    pub fn NdisFreeSharedMemory(NdisHandle: NDIS_HANDLE, AllocationHandle: NDIS_HANDLE);

    /// Prepares an adapter for scatter/gather DMA. IRQL: PASSIVE_LEVEL. The result must be inspected.
    ///
    /// `MiniportAdapterHandle` is in; `DmaDescription` (in/out) gets its
    /// [`ScatterGatherListSize`](super::miniport::NDIS_SG_DMA_DESCRIPTION::ScatterGatherListSize);
    /// `NdisMiniportDmaHandle` is out.
    pub fn NdisMRegisterScatterGatherDma(
        MiniportAdapterHandle: NDIS_HANDLE,
        DmaDescription: PNDIS_SG_DMA_DESCRIPTION,
        NdisMiniportDmaHandle: PNDIS_HANDLE,
    ) -> NDIS_STATUS;

    /// Undoes [`NdisMRegisterScatterGatherDma`]. IRQL: PASSIVE_LEVEL.
    ///
    /// `NdisMiniportDmaHandle` (in) is no longer valid afterwards.
    pub fn NdisMDeregisterScatterGatherDma(NdisMiniportDmaHandle: NDIS_HANDLE);

    /// Sets the attributes and the context of a filter module that attaches. IRQL: PASSIVE_LEVEL.
    ///
    /// `NdisFilterHandle` and `FilterAttributes` are in; `FilterModuleContext` (in) is kept by NDIS and passed to the
    /// module's callbacks.
    pub fn NdisFSetAttributes(
        NdisFilterHandle: NDIS_HANDLE,
        FilterModuleContext: NDIS_HANDLE,
        FilterAttributes: PNDIS_FILTER_ATTRIBUTES,
    ) -> NDIS_STATUS;

    /// Says that a filter module's pause, which had been pending, is done. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `NdisFilterHandle` is in.
    pub fn NdisFPauseComplete(NdisFilterHandle: NDIS_HANDLE);

    /// Completes an OID request that a miniport had left pending. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. `OidRequest` no longer belongs to the miniport afterwards.
    pub fn NdisMOidRequestComplete(
        MiniportAdapterHandle: NDIS_HANDLE,
        OidRequest: PNDIS_OID_REQUEST,
        Status: NDIS_STATUS,
    );

    /// Gives back lists that a miniport had been given to send. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. The lists no longer belong to the miniport afterwards; each carries its own status.
    pub fn NdisMSendNetBufferListsComplete(
        MiniportAdapterHandle: NDIS_HANDLE,
        NetBufferList: PNET_BUFFER_LIST,
        SendCompleteFlags: ULONG,
    );
}
