//! Miniport drivers: how one and its adapters register, what NDIS calls in it, and scatter/gather DMA.

use super::base::*;
use super::nbl::PNET_BUFFER_LIST;
use super::oid::PNDIS_OID_REQUEST;
use super::set_options::SET_OPTIONS_HANDLER;
use super::shared_memory::PSCATTER_GATHER_LIST;

/// Why NDIS halts an adapter.
pub type NDIS_HALT_ACTION = i32;
/// The device was disabled.
pub const NdisHaltDeviceDisabled: NDIS_HALT_ACTION = 0;
/// An intermediate driver has taken its virtual device down.
pub const NdisHaltDeviceInstanceDeInitialized: NDIS_HALT_ACTION = 1;
/// The device loses power.
pub const NdisHaltDevicePoweredDown: NDIS_HALT_ACTION = 2;
/// The device was pulled out.
pub const NdisHaltDeviceSurpriseRemoved: NDIS_HALT_ACTION = 3;
/// The device has failed.
pub const NdisHaltDeviceFailed: NDIS_HALT_ACTION = 4;
/// The adapter came up, but a later step of its initialization has failed.
pub const NdisHaltDeviceInitializationFailed: NDIS_HALT_ACTION = 5;
/// The device was stopped.
pub const NdisHaltDeviceStopped: NDIS_HALT_ACTION = 6;

/// Why NDIS shuts an adapter down.
pub type NDIS_SHUTDOWN_ACTION = i32;
/// The system powers off. The handler runs at PASSIVE_LEVEL.
pub const NdisShutdownPowerOff: NDIS_SHUTDOWN_ACTION = 0;
/// The system has crashed. The handler runs at HIGH_LEVEL.
pub const NdisShutdownBugCheck: NDIS_SHUTDOWN_ACTION = 1;

/// The bus an adapter is on.
pub type NDIS_INTERFACE_TYPE = i32;
/// None but the machine's own.
pub const NdisInterfaceInternal: NDIS_INTERFACE_TYPE = 0;
/// ISA.
pub const NdisInterfaceIsa: NDIS_INTERFACE_TYPE = 1;
/// EISA. Not supported any more.
pub const NdisInterfaceEisa: NDIS_INTERFACE_TYPE = 2;
/// Micro Channel. Not supported any more.
pub const NdisInterfaceMca: NDIS_INTERFACE_TYPE = 3;
/// TURBOchannel.
pub const NdisInterfaceTurboChannel: NDIS_INTERFACE_TYPE = 4;
/// PCI, and what software sees as PCI.
pub const NdisInterfacePci: NDIS_INTERFACE_TYPE = 5;
/// PC Card.
pub const NdisInterfacePcMcia: NDIS_INTERFACE_TYPE = 8;
/// C-bus.
pub const NdisInterfaceCBus: NDIS_INTERFACE_TYPE = 9;
/// MPI bus.
pub const NdisInterfaceMPIBus: NDIS_INTERFACE_TYPE = 10;
/// MPSA bus.
pub const NdisInterfaceMPSABus: NDIS_INTERFACE_TYPE = 11;
/// Inside the processor.
pub const NdisInterfaceProcessorInternal: NDIS_INTERFACE_TYPE = 12;
/// The machine's bus for power management.
pub const NdisInterfaceInternalPowerBus: NDIS_INTERFACE_TYPE = 13;
/// ISA with plug and play.
pub const NdisInterfacePNPISABus: NDIS_INTERFACE_TYPE = 14;
/// Any bus with plug and play.
pub const NdisInterfacePNPBus: NDIS_INTERFACE_TYPE = 15;
/// USB.
pub const NdisInterfaceUSB: NDIS_INTERFACE_TYPE = 16;
/// Infrared.
pub const NdisInterfaceIrda: NDIS_INTERFACE_TYPE = 17;
/// IEEE 1394.
pub const NdisInterface1394: NDIS_INTERFACE_TYPE = 18;
/// One past the last bus.
pub const NdisMaximumInterfaceType: NDIS_INTERFACE_TYPE = 19;

opaque! {
    /// The hardware resources of an adapter: a `CM_PARTIAL_RESOURCE_LIST` of wdm.h.
    NDIS_RESOURCE_LIST, PNDIS_RESOURCE_LIST;
    /// Which state a port's authentication starts in.
    NDIS_PORT_AUTHENTICATION_PARAMETERS, PNDIS_PORT_AUTHENTICATION_PARAMETERS;
    /// How a PCI device is connected.
    NDIS_PCI_DEVICE_CUSTOM_PROPERTIES, PNDIS_PCI_DEVICE_CUSTOM_PROPERTIES;
    /// Attributes of an adapter of any kind: in C a union of all such structures, of which a driver passes one, such
    /// as an [`NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES`], with its pointer cast. The header's type says which.
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES, PNDIS_MINIPORT_ADAPTER_ATTRIBUTES;
    /// With which attributes NDIS restarts an adapter.
    NDIS_MINIPORT_RESTART_PARAMETERS, PNDIS_MINIPORT_RESTART_PARAMETERS;
    /// A plug-and-play event that concerns an adapter.
    NET_DEVICE_PNP_EVENT, PNET_DEVICE_PNP_EVENT;
}

/// The resources and circumstances of an adapter that is brought up.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_MINIPORT_INIT_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Kept for NDIS.
    pub Flags: ULONG,
    /// The hardware resources the adapter was given.
    pub AllocatedResources: PNDIS_RESOURCE_LIST,
    /// Context that an intermediate driver has given its virtual device, or null.
    pub IMDeviceInstanceContext: NDIS_HANDLE,
    /// Context that the driver has given the device when it was added, or null.
    pub MiniportAddDeviceContext: NDIS_HANDLE,
    /// Interface number of the adapter.
    pub IfIndex: NET_IFINDEX,
    /// Interface identifier of the adapter.
    pub NetLuid: NET_LUID,
    /// Which state the authentication of the default port starts in.
    pub DefaultPortAuthStates: PNDIS_PORT_AUTHENTICATION_PARAMETERS,
    /// How the device is connected, if it is a PCI device.
    pub PciDeviceCustomProperties: PNDIS_PCI_DEVICE_CUSTOM_PROPERTIES,
}
/// Pointer to an [`NDIS_MINIPORT_INIT_PARAMETERS`].
pub type PNDIS_MINIPORT_INIT_PARAMETERS = *mut NDIS_MINIPORT_INIT_PARAMETERS;

/// First revision of [`NDIS_MINIPORT_INIT_PARAMETERS`].
pub const NDIS_MINIPORT_INIT_PARAMETERS_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes. The name is C's, which has no plural here.
pub const NDIS_SIZEOF_MINIPORT_INIT_PARAMETER_REVISION_1: USHORT =
    size_through!(NDIS_MINIPORT_INIT_PARAMETERS, PciDeviceCustomProperties);

/// What a miniport tells NDIS about an adapter it brings up, first of all, by `NdisMSetMiniportAttributes`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES {
    /// Type [`NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES`].
    pub Header: NDIS_OBJECT_HEADER,
    /// The adapter's context, which NDIS keeps and passes to the adapter's callbacks.
    pub MiniportAdapterContext: NDIS_HANDLE,
    /// `NDIS_MINIPORT_ATTRIBUTES_*` flags.
    pub AttributeFlags: ULONG,
    /// How often to ask whether the hardware hangs, in seconds. 0 is every 2 seconds.
    pub CheckForHangTimeInSeconds: UINT,
    /// The bus the adapter is on.
    pub InterfaceType: NDIS_INTERFACE_TYPE,
}
/// Pointer to an [`NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES`].
pub type PNDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES = *mut NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;

/// First revision of [`NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES`].
pub const NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES`]: adds flags, no field.
pub const NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2: UCHAR = 2;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1: USHORT =
    size_through!(NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, InterfaceType);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2: USHORT =
    size_through!(NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, InterfaceType);

/// The adapter is hardware with resources of its own.
pub const NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE: ULONG = 0x1;
/// The driver reaches its device through another driver, such as that of a USB bus.
pub const NDIS_MINIPORT_ATTRIBUTES_NDIS_WDM: ULONG = 0x2;
/// The driver copes with a device that is pulled out without notice.
pub const NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK: ULONG = 0x4;
/// The adapter is connectionless, though the driver could also be connection-oriented.
pub const NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS: ULONG = 0x8;
/// The adapter is connection-oriented but not for telephony: NDIS's proxy for that does not bind to it.
pub const NDIS_MINIPORT_ATTRIBUTES_DO_NOT_BIND_TO_ALL_CO: ULONG = 0x10;
/// The adapter need not be halted before the system sleeps.
pub const NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND: ULONG = 0x20;
/// The device is a bus master.
pub const NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER: ULONG = 0x40;
/// The driver activates the default port itself.
pub const NDIS_MINIPORT_ATTRIBUTES_CONTROLS_DEFAULT_PORT: ULONG = 0x80;
/// The adapter need not be paused before it loses power. Since NDIS 6.30.
pub const NDIS_MINIPORT_ATTRIBUTES_NO_PAUSE_ON_SUSPEND: ULONG = 0x100;
/// NDIS answers no OID request to another port than the default one in the driver's stead.
pub const NDIS_MINIPORT_ATTRIBUTES_NO_OID_INTERCEPT_ON_NONDEFAULT_PORTS: ULONG = 0x200;
/// The shutdown handler is called also when the system has crashed. Since NDIS 6.30.
pub const NDIS_MINIPORT_ATTRIBUTES_REGISTER_BUGCHECK_CALLBACK: ULONG = 0x400;

/// Why NDIS pauses an adapter.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_MINIPORT_PAUSE_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_DEFAULT`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Kept for NDIS.
    pub Flags: ULONG,
    /// The reason: one of ndis.h's `NDIS_PAUSE_*` values.
    pub PauseReason: ULONG,
}
/// Pointer to an [`NDIS_MINIPORT_PAUSE_PARAMETERS`].
pub type PNDIS_MINIPORT_PAUSE_PARAMETERS = *mut NDIS_MINIPORT_PAUSE_PARAMETERS;

/// First revision of [`NDIS_MINIPORT_PAUSE_PARAMETERS`].
pub const NDIS_MINIPORT_PAUSE_PARAMETERS_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_MINIPORT_PAUSE_PARAMETERS_REVISION_1: USHORT =
    size_through!(NDIS_MINIPORT_PAUSE_PARAMETERS, PauseReason);

/// Brings an adapter up.
pub type MINIPORT_INITIALIZE_HANDLER = Option<
    unsafe extern "system" fn(
        NdisMiniportHandle: NDIS_HANDLE,
        MiniportDriverContext: NDIS_HANDLE,
        MiniportInitParameters: PNDIS_MINIPORT_INIT_PARAMETERS,
    ) -> NDIS_STATUS,
>;
/// Cleans up before the driver's image unloads.
pub type MINIPORT_DRIVER_UNLOAD = Option<unsafe extern "system" fn(DriverObject: PDRIVER_OBJECT)>;
/// Stops the data flow.
pub type MINIPORT_PAUSE_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportAdapterContext: NDIS_HANDLE,
        PauseParameters: PNDIS_MINIPORT_PAUSE_PARAMETERS,
    ) -> NDIS_STATUS,
>;
/// Resumes the data flow.
pub type MINIPORT_RESTART_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportAdapterContext: NDIS_HANDLE,
        RestartParameters: PNDIS_MINIPORT_RESTART_PARAMETERS,
    ) -> NDIS_STATUS,
>;
/// Brings back lists that the miniport had indicated.
pub type MINIPORT_RETURN_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportAdapterContext: NDIS_HANDLE,
        NetBufferLists: PNET_BUFFER_LIST,
        ReturnFlags: ULONG,
    ),
>;
/// Resets hardware that hangs.
pub type MINIPORT_RESET_HANDLER =
    Option<unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, AddressingReset: PBOOLEAN) -> NDIS_STATUS>;
/// Tells of a surprise removal or a change of the power profile.
pub type MINIPORT_DEVICE_PNP_EVENT_NOTIFY_HANDLER =
    Option<unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, NetDevicePnPEvent: PNET_DEVICE_PNP_EVENT)>;
/// Cancels an OID request that is pending.
pub type MINIPORT_CANCEL_OID_REQUEST_HANDLER =
    Option<unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, RequestId: PVOID)>;
/// Handles an OID request that need not wait for others.
pub type MINIPORT_DIRECT_OID_REQUEST_HANDLER = Option<
    unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST) -> NDIS_STATUS,
>;
/// Cancels direct OID requests that are pending.
pub type MINIPORT_CANCEL_DIRECT_OID_REQUEST_HANDLER = MINIPORT_CANCEL_OID_REQUEST_HANDLER;
/// Handles an OID request that must be done on return.
pub type MINIPORT_SYNCHRONOUS_OID_REQUEST_HANDLER = MINIPORT_DIRECT_OID_REQUEST_HANDLER;

/// How a miniport driver registers, by `NdisMRegisterMiniportDriver`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_MINIPORT_DRIVER_CHARACTERISTICS {
    /// Type [`NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Major NDIS version the driver was written for.
    pub MajorNdisVersion: UCHAR,
    /// Minor NDIS version the driver was written for.
    pub MinorNdisVersion: UCHAR,
    /// Major version of the driver.
    pub MajorDriverVersion: UCHAR,
    /// Minor version of the driver.
    pub MinorDriverVersion: UCHAR,
    /// Attributes of the driver.
    pub Flags: ULONG,
    /// Optional: registers optional handlers.
    pub SetOptionsHandler: SET_OPTIONS_HANDLER,
    /// Brings an adapter up.
    pub InitializeHandlerEx: MINIPORT_INITIALIZE_HANDLER,
    /// Takes an adapter down.
    pub HaltHandlerEx: MINIPORT_HALT_HANDLER,
    /// The driver unloads.
    pub UnloadHandler: MINIPORT_DRIVER_UNLOAD,
    /// Stops the data flow.
    pub PauseHandler: MINIPORT_PAUSE_HANDLER,
    /// Resumes the data flow.
    pub RestartHandler: MINIPORT_RESTART_HANDLER,
    /// Handles an OID request.
    pub OidRequestHandler: MINIPORT_OID_REQUEST_HANDLER,
    /// Sends data.
    pub SendNetBufferListsHandler: MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER,
    /// Indicated data comes back.
    pub ReturnNetBufferListsHandler: MINIPORT_RETURN_NET_BUFFER_LISTS_HANDLER,
    /// Cancels sends.
    pub CancelSendHandler: MINIPORT_CANCEL_SEND_HANDLER,
    /// Optional, with [`ResetHandlerEx`](Self::ResetHandlerEx): whether the hardware hangs.
    pub CheckForHangHandlerEx: MINIPORT_CHECK_FOR_HANG_HANDLER,
    /// Optional, with [`CheckForHangHandlerEx`](Self::CheckForHangHandlerEx): resets the hardware.
    pub ResetHandlerEx: MINIPORT_RESET_HANDLER,
    /// An event has happened.
    pub DevicePnPEventNotifyHandler: MINIPORT_DEVICE_PNP_EVENT_NOTIFY_HANDLER,
    /// The system goes down.
    pub ShutdownHandlerEx: MINIPORT_SHUTDOWN_HANDLER,
    /// Cancels an OID request.
    pub CancelOidRequestHandler: MINIPORT_CANCEL_OID_REQUEST_HANDLER,
    /// Optional, since revision 2: handles a direct OID request.
    pub DirectOidRequestHandler: MINIPORT_DIRECT_OID_REQUEST_HANDLER,
    /// Optional, since revision 2: cancels direct OID requests.
    pub CancelDirectOidRequestHandler: MINIPORT_CANCEL_DIRECT_OID_REQUEST_HANDLER,
    /// Optional, since revision 3: handles an OID request at once.
    pub SynchronousOidRequestHandler: MINIPORT_SYNCHRONOUS_OID_REQUEST_HANDLER,
}
/// Pointer to an [`NDIS_MINIPORT_DRIVER_CHARACTERISTICS`].
pub type PNDIS_MINIPORT_DRIVER_CHARACTERISTICS = *mut NDIS_MINIPORT_DRIVER_CHARACTERISTICS;

/// First revision of [`NDIS_MINIPORT_DRIVER_CHARACTERISTICS`].
pub const NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_MINIPORT_DRIVER_CHARACTERISTICS`]: adds direct OID requests.
pub const NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2: UCHAR = 2;
/// Third revision of [`NDIS_MINIPORT_DRIVER_CHARACTERISTICS`]: adds synchronous OID requests.
pub const NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3: UCHAR = 3;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1: USHORT =
    size_through!(NDIS_MINIPORT_DRIVER_CHARACTERISTICS, CancelOidRequestHandler);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2: USHORT =
    size_through!(NDIS_MINIPORT_DRIVER_CHARACTERISTICS, CancelDirectOidRequestHandler);
/// Size of revision 3 in bytes.
pub const NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3: USHORT =
    size_through!(NDIS_MINIPORT_DRIVER_CHARACTERISTICS, SynchronousOidRequestHandler);

/// The send handler's caller runs at DISPATCH_LEVEL.
pub const NDIS_SEND_FLAGS_DISPATCH_LEVEL: ULONG = 0x1;
/// Packets that are addressed to the adapter itself must be looped back.
pub const NDIS_SEND_FLAGS_CHECK_FOR_LOOPBACK: ULONG = 0x2;
/// All lists go to one queue.
pub const NDIS_SEND_FLAGS_SINGLE_QUEUE: ULONG = 0x4;
/// All lists have the same destination ports on the virtual switch.
pub const NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP: ULONG = 0x10;
/// All lists have the same source port on the virtual switch.
pub const NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE: ULONG = 0x20;

/// The completing caller runs at DISPATCH_LEVEL.
pub const NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL: ULONG = 0x1;
/// All lists went to one queue.
pub const NDIS_SEND_COMPLETE_FLAGS_SINGLE_QUEUE: ULONG = 0x2;
/// All lists have the same source port on the virtual switch.
pub const NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE: ULONG = 0x4;

/// The return handler's caller runs at DISPATCH_LEVEL.
pub const NDIS_RETURN_FLAGS_DISPATCH_LEVEL: ULONG = 0x1;
/// All lists came from one queue.
pub const NDIS_RETURN_FLAGS_SINGLE_QUEUE: ULONG = 0x2;
/// All lists have the same source port on the virtual switch.
pub const NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE: ULONG = 0x4;

/// Brings the pieces of a buffer that was mapped for sending.
pub type MINIPORT_PROCESS_SG_LIST_HANDLER =
    Option<unsafe extern "system" fn(pDO: PDEVICE_OBJECT, Reserved: PVOID, pSGL: PSCATTER_GATHER_LIST, Context: PVOID)>;
/// Brings memory that was asked for by `NdisMAllocateSharedMemoryAsyncEx`.
pub type MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportAdapterContext: NDIS_HANDLE,
        VirtualAddress: PVOID,
        PhysicalAddress: PNDIS_PHYSICAL_ADDRESS,
        Length: ULONG,
        Context: PVOID,
    ),
>;

/// What a miniport's DMA needs, for `NdisMRegisterScatterGatherDma`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_SG_DMA_DESCRIPTION {
    /// Type [`NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION`].
    pub Header: NDIS_OBJECT_HEADER,
    /// `NDIS_SG_DMA_*` flags.
    pub Flags: ULONG,
    /// How many bytes can be mapped at once.
    pub MaximumPhysicalMapping: ULONG,
    /// Brings the pieces of a mapped buffer.
    pub ProcessSGListHandler: MINIPORT_PROCESS_SG_LIST_HANDLER,
    /// Optional: brings memory that was asked for.
    pub SharedMemAllocateCompleteHandler: MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER,
    /// Out: size in bytes of the buffer that a list of pieces needs.
    pub ScatterGatherListSize: ULONG,
    /// Optional, since revision 2: the physical device to map for, if not the adapter's own.
    pub PdoOverride: PDEVICE_OBJECT,
}
/// Pointer to an [`NDIS_SG_DMA_DESCRIPTION`].
pub type PNDIS_SG_DMA_DESCRIPTION = *mut NDIS_SG_DMA_DESCRIPTION;

/// First revision of [`NDIS_SG_DMA_DESCRIPTION`].
pub const NDIS_SG_DMA_DESCRIPTION_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_SG_DMA_DESCRIPTION`]: adds the physical device.
pub const NDIS_SG_DMA_DESCRIPTION_REVISION_2: UCHAR = 2;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1: USHORT =
    size_through!(NDIS_SG_DMA_DESCRIPTION, ScatterGatherListSize);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_2: USHORT = size_through!(NDIS_SG_DMA_DESCRIPTION, PdoOverride);

/// The device can address 64 bits.
pub const NDIS_SG_DMA_64_BIT_ADDRESS: ULONG = 0x1;
/// Asks for version 3 of the HAL's DMA interface. Since NDIS 6.50.
pub const NDIS_SG_DMA_V3_HAL_API: ULONG = 0x2;
/// Asks for hybrid DMA. Since NDIS 6.85.
pub const NDIS_SG_DMA_HYBRID_DMA: ULONG = 0x4;

/// NDIS calls it to cancel the queued sends that carry one cancel id.
pub type MINIPORT_CANCEL_SEND_HANDLER =
    Option<unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, CancelId: PVOID)>;
/// NDIS calls it now and then to ask whether the hardware hangs; TRUE asks for a reset.
pub type MINIPORT_CHECK_FOR_HANG_HANDLER =
    Option<unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE) -> BOOLEAN>;
/// NDIS calls it to release one adapter; interrupts and timers of the adapter may still run during the call.
pub type MINIPORT_HALT_HANDLER =
    Option<unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, HaltAction: NDIS_HALT_ACTION)>;
/// NDIS calls it at the device's IRQL when the line interrupt fires, possibly before the interrupt's registration has returned.
pub type MINIPORT_ISR_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportInterruptContext: NDIS_HANDLE,
        QueueDefaultInterruptDpc: PBOOLEAN,
        TargetProcessors: PULONG,
    ) -> BOOLEAN,
>;
/// NDIS calls it with one object identifier request at a time: a query, a set or a method.
pub type MINIPORT_OID_REQUEST_HANDLER = Option<
    unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST) -> NDIS_STATUS,
>;
/// NDIS calls it to transmit a chain of net buffer lists, which the driver owns until it completes them.
pub type MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportAdapterContext: NDIS_HANDLE,
        NetBufferList: PNET_BUFFER_LIST,
        PortNumber: NDIS_PORT_NUMBER,
        SendFlags: ULONG,
    ),
>;
/// NDIS calls it when the system powers off, at PASSIVE_LEVEL; or, for a driver that asked for it, during a bugcheck, at HIGH_LEVEL.
pub type MINIPORT_SHUTDOWN_HANDLER =
    Option<unsafe extern "system" fn(MiniportAdapterContext: NDIS_HANDLE, ShutdownAction: NDIS_SHUTDOWN_ACTION)>;
