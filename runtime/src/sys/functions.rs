//! The NDIS functions.
//!
//! A driver gets them from `ndis.sys`. With the feature `std`, on a host that has no NDIS, nothing is linked here: the
//! crate `ndis-sim` defines some of these symbols, and a test defines what else its driver uses.
//!
//! # Safety
//!
//! All of them are `unsafe`: the caller must be at the IRQL that is stated, handles must be live and of the stated
//! kind, and pointers must point to what their type says. *In*, *out* and *in/out* are what the header's annotations
//! say about an argument.

use super::base::*;
use super::filter::PNDIS_FILTER_ATTRIBUTES;
use super::miniport::{
    PNDIS_MINIPORT_ADAPTER_ATTRIBUTES, PNDIS_MINIPORT_DRIVER_CHARACTERISTICS, PNDIS_SG_DMA_DESCRIPTION,
};
use super::nbl::PNET_BUFFER_LIST;
use super::oid::PNDIS_OID_REQUEST;
use super::protocol::{
    PNDIS_OPEN_PARAMETERS, PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS, PNDIS_STATUS_INDICATION, PNET_PNP_EVENT_NOTIFICATION,
};
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

    /// Binds a protocol to the adapter it was asked to bind to. IRQL: PASSIVE_LEVEL. The result must be inspected.
    ///
    /// `NdisProtocolHandle`, `OpenParameters` and `BindContext` are in; `ProtocolBindingContext` (in) is kept by NDIS
    /// and passed to the binding's callbacks; `NdisBindingHandle` is out. Only within the callback that asks to bind.
    /// While the open is pending, neither the handle nor the index of the medium is there yet.
    pub fn NdisOpenAdapterEx(
        NdisProtocolHandle: NDIS_HANDLE,
        ProtocolBindingContext: NDIS_HANDLE,
        OpenParameters: PNDIS_OPEN_PARAMETERS,
        BindContext: NDIS_HANDLE,
        NdisBindingHandle: PNDIS_HANDLE,
    ) -> NDIS_STATUS;

    /// Undoes [`NdisOpenAdapterEx`]. IRQL: PASSIVE_LEVEL. The result must be inspected.
    ///
    /// `NdisBindingHandle` (in) is no longer valid as soon as the function is called. While the close is pending, NDIS
    /// still has the binding's context.
    pub fn NdisCloseAdapterEx(NdisBindingHandle: NDIS_HANDLE) -> NDIS_STATUS;

    /// Says how a protocol's bind, which had been pending, went. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `BindAdapterContext` (in) is no longer valid afterwards; `Status` is in.
    pub fn NdisCompleteBindAdapterEx(BindAdapterContext: NDIS_HANDLE, Status: NDIS_STATUS);

    /// Says that a protocol's unbind, which had been pending, is done. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `UnbindContext` (in) is no longer valid afterwards.
    pub fn NdisCompleteUnbindAdapterEx(UnbindContext: NDIS_HANDLE);

    /// Says how a protocol has taken an event, which had been pending. IRQL: PASSIVE_LEVEL.
    ///
    /// All arguments are in. `NetPnPEventNotification` no longer belongs to the protocol afterwards.
    pub fn NdisCompleteNetPnPEvent(
        NdisBindingHandle: NDIS_HANDLE,
        NetPnPEventNotification: PNET_PNP_EVENT_NOTIFICATION,
        Status: NDIS_STATUS,
    );

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

    /// Sets attributes of one kind of an adapter that is brought up. IRQL: PASSIVE_LEVEL. The result must be inspected.
    ///
    /// `NdisMiniportHandle` is in; `MiniportAttributes` (in) is the structure of these attributes, of which NDIS reads
    /// as many bytes as the header says. An `NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES` comes first.
    pub fn NdisMSetMiniportAttributes(
        NdisMiniportHandle: NDIS_HANDLE,
        MiniportAttributes: PNDIS_MINIPORT_ADAPTER_ATTRIBUTES,
    ) -> NDIS_STATUS;

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

    /// Passes a status on to the drivers above. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `NdisFilterHandle` (in) is NDIS's handle of the module; `StatusIndication` (in) is used during the call.
    pub fn NdisFIndicateStatus(NdisFilterHandle: NDIS_HANDLE, StatusIndication: PNDIS_STATUS_INDICATION);

    /// Hands lists to the driver below a filter module to send. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. The lists do not belong to the module until they come back, each with its own status.
    pub fn NdisFSendNetBufferLists(
        NdisFilterHandle: NDIS_HANDLE,
        NetBufferList: PNET_BUFFER_LIST,
        PortNumber: NDIS_PORT_NUMBER,
        SendFlags: ULONG,
    );

    /// Gives back lists that a filter module had been given to send. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. The lists no longer belong to the module afterwards; each carries its own status.
    pub fn NdisFSendNetBufferListsComplete(
        NdisFilterHandle: NDIS_HANDLE,
        NetBufferList: PNET_BUFFER_LIST,
        SendCompleteFlags: ULONG,
    );

    /// Hands received lists to the driver above a filter module. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. The lists do not belong to the module until they come back. With
    /// [`NDIS_RECEIVE_FLAGS_RESOURCES`](super::protocol::NDIS_RECEIVE_FLAGS_RESOURCES) they are back when the function
    /// returns.
    pub fn NdisFIndicateReceiveNetBufferLists(
        NdisFilterHandle: NDIS_HANDLE,
        NetBufferLists: PNET_BUFFER_LIST,
        PortNumber: NDIS_PORT_NUMBER,
        NumberOfNetBufferLists: ULONG,
        ReceiveFlags: ULONG,
    );

    /// Gives back received lists that a filter module had been given. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. The lists no longer belong to the module afterwards.
    pub fn NdisFReturnNetBufferLists(
        NdisFilterHandle: NDIS_HANDLE,
        NetBufferLists: PNET_BUFFER_LIST,
        ReturnFlags: ULONG,
    );

    /// Hands an OID request to the driver below a filter module. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. `OidRequest` is the module's own or a clone, not one it was given. While it is pending, it
    /// does not belong to the module.
    pub fn NdisFOidRequest(NdisFilterHandle: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST) -> NDIS_STATUS;

    /// Completes an OID request that a filter module had left pending. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. `OidRequest` no longer belongs to the module afterwards.
    pub fn NdisFOidRequestComplete(NdisFilterHandle: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST, Status: NDIS_STATUS);

    /// Clones an OID request, for the driver below. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `SourceHandle` (in) is the handle of a filter module or a binding; `OidRequest` and `PoolTag` are in;
    /// `ClonedOidRequest` is out, and null on failure.
    pub fn NdisAllocateCloneOidRequest(
        SourceHandle: NDIS_HANDLE,
        OidRequest: PNDIS_OID_REQUEST,
        PoolTag: UINT,
        ClonedOidRequest: *mut PNDIS_OID_REQUEST,
    ) -> NDIS_STATUS;

    /// Frees what [`NdisAllocateCloneOidRequest`] gave. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `SourceHandle` (in) is the handle the request was cloned with; `Request` (in) is no longer valid afterwards.
    pub fn NdisFreeCloneOidRequest(SourceHandle: NDIS_HANDLE, Request: PNDIS_OID_REQUEST);

    /// Says that an adapter's pause, which had been pending, is done. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `MiniportAdapterHandle` is in.
    pub fn NdisMPauseComplete(MiniportAdapterHandle: NDIS_HANDLE);

    /// Says how a reset of an adapter, which had been pending, went. IRQL: up to DISPATCH_LEVEL.
    ///
    /// All arguments are in. If `AddressingReset` is true, NDIS restores the adapter's addresses and packet filters.
    pub fn NdisMResetComplete(MiniportAdapterHandle: NDIS_HANDLE, Status: NDIS_STATUS, AddressingReset: BOOLEAN);

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

    /// Says how a call manager's close of an address family, which had been pending, went. IRQL: up to DISPATCH_LEVEL.
    ///
    /// `Status` is in; `NdisAfHandle` (in) is no longer valid afterwards.
    pub fn NdisCmCloseAddressFamilyComplete(Status: NDIS_STATUS, NdisAfHandle: NDIS_HANDLE);
}
