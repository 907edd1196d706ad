//! Protocol drivers: how one registers, what it binds to, and what NDIS calls in it.

use super::base::*;
use super::filter::{
    NDIS_MEDIA_CONNECT_STATE, NDIS_MEDIA_DUPLEX_STATE, NDIS_MEDIUM, NDIS_PHYSICAL_MEDIUM,
    PNDIS_HD_SPLIT_CURRENT_CONFIG, PNDIS_MEDIUM, PNDIS_NIC_SWITCH_CAPABILITIES, PNDIS_NIC_SWITCH_INFO_ARRAY,
    PNDIS_OFFLOAD, PNDIS_RECEIVE_FILTER_CAPABILITIES, PNDIS_SRIOV_CAPABILITIES,
};
use super::nbl::PNET_BUFFER_LIST;
use super::oid::{NDIS_NIC_SWITCH_ID, PNDIS_OID_REQUEST};
use super::set_options::SET_OPTIONS_HANDLER;
use super::shared_memory::NDIS_NIC_SWITCH_VPORT_ID;

/// How many others a network interface reaches.
pub type NET_IF_ACCESS_TYPE = i32;
/// Only itself.
pub const NET_IF_ACCESS_LOOPBACK: NET_IF_ACCESS_TYPE = 1;
/// All of its network, also with one packet.
pub const NET_IF_ACCESS_BROADCAST: NET_IF_ACCESS_TYPE = 2;
/// The one at the other end.
pub const NET_IF_ACCESS_POINT_TO_POINT: NET_IF_ACCESS_TYPE = 3;
/// Several, but not with one packet.
pub const NET_IF_ACCESS_POINT_TO_MULTI_POINT: NET_IF_ACCESS_TYPE = 4;
/// One past the last kind.
pub const NET_IF_ACCESS_MAXIMUM: NET_IF_ACCESS_TYPE = 5;

/// Which way data flows through a network interface.
pub type NET_IF_DIRECTION_TYPE = i32;
/// Both ways.
pub const NET_IF_DIRECTION_SENDRECEIVE: NET_IF_DIRECTION_TYPE = 0;
/// Out only.
pub const NET_IF_DIRECTION_SENDONLY: NET_IF_DIRECTION_TYPE = 1;
/// In only.
pub const NET_IF_DIRECTION_RECEIVEONLY: NET_IF_DIRECTION_TYPE = 2;
/// One past the last way.
pub const NET_IF_DIRECTION_MAXIMUM: NET_IF_DIRECTION_TYPE = 3;

/// What makes a network interface connect.
pub type NET_IF_CONNECTION_TYPE = i32;
/// Nothing more than a working medium, as with Ethernet.
pub const NET_IF_CONNECTION_DEDICATED: NET_IF_CONNECTION_TYPE = 1;
/// The other end.
pub const NET_IF_CONNECTION_PASSIVE: NET_IF_CONNECTION_TYPE = 2;
/// This end, when it has something to send.
pub const NET_IF_CONNECTION_DEMAND: NET_IF_CONNECTION_TYPE = 3;
/// One past the last kind.
pub const NET_IF_CONNECTION_MAXIMUM: NET_IF_CONNECTION_TYPE = 4;

/// Kind of a network interface, by the IANA's list. Ethernet is 6.
pub type NET_IFTYPE = USHORT;
/// Number of the compartment that a network interface belongs to.
pub type NET_IF_COMPARTMENT_ID = UINT;
/// EtherType of a frame.
pub type NET_FRAME_TYPE = USHORT;
/// Pointer to a [`NET_FRAME_TYPE`].
pub type PNET_FRAME_TYPE = *mut NET_FRAME_TYPE;

opaque! {
    /// How an adapter can wake the system, as told until NDIS 6.20.
    NDIS_PNP_CAPABILITIES, PNDIS_PNP_CAPABILITIES;
    /// How an adapter can wake the system and what it does while the system sleeps.
    NDIS_PM_CAPABILITIES, PNDIS_PM_CAPABILITIES;
    /// How an adapter spreads received data over processors.
    NDIS_RECEIVE_SCALE_CAPABILITIES, PNDIS_RECEIVE_SCALE_CAPABILITIES;
    /// A port of an adapter.
    NDIS_PORT, PNDIS_PORT;
    /// Which TCP connections an adapter takes off the processor.
    NDIS_TCP_CONNECTION_OFFLOAD, PNDIS_TCP_CONNECTION_OFFLOAD;
    /// What an adapter can do for RDMA in the kernel.
    NDIS_NDK_CAPABILITIES, PNDIS_NDK_CAPABILITIES;
}

/// What NDIS tells a protocol about an adapter it may bind to.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_BIND_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_BIND_PARAMETERS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Where the registry has the protocol's settings for the binding, from the driver's service key.
    pub ProtocolSection: PNDIS_STRING,
    /// Name of the adapter, for the [`NDIS_OPEN_PARAMETERS`].
    pub AdapterName: PNDIS_STRING,
    /// The adapter's physical device.
    pub PhysicalDeviceObject: PDEVICE_OBJECT,
    /// The medium the adapter presents.
    pub MediaType: NDIS_MEDIUM,
    /// How many bytes a frame can carry.
    pub MtuSize: ULONG,
    /// Highest speed of sending in bits per second.
    pub MaxXmitLinkSpeed: ULONG64,
    /// Speed of sending in bits per second.
    pub XmitLinkSpeed: ULONG64,
    /// Highest speed of receiving in bits per second.
    pub MaxRcvLinkSpeed: ULONG64,
    /// Speed of receiving in bits per second.
    pub RcvLinkSpeed: ULONG64,
    /// Whether the adapter is connected.
    pub MediaConnectState: NDIS_MEDIA_CONNECT_STATE,
    /// Whether the link can send and receive at once.
    pub MediaDuplexState: NDIS_MEDIA_DUPLEX_STATE,
    /// How many bytes of a received packet are to be had at the least.
    pub LookaheadSize: ULONG,
    /// How the adapter can wake the system. Drivers for NDIS 6.20 read
    /// [`PowerManagementCapabilitiesEx`](Self::PowerManagementCapabilitiesEx).
    pub PowerManagementCapabilities: PNDIS_PNP_CAPABILITIES,
    /// Which packet filters the adapter has: flags of `OID_GEN_SUPPORTED_PACKET_FILTERS`.
    pub SupportedPacketFilters: ULONG,
    /// How many multicast addresses the adapter takes.
    pub MaxMulticastListSize: ULONG,
    /// Length of the MAC address in bytes.
    pub MacAddressLength: USHORT,
    /// The MAC address in use.
    pub CurrentMacAddress: [UCHAR; 32],
    /// The medium the adapter is attached to.
    pub PhysicalMediumType: NDIS_PHYSICAL_MEDIUM,
    /// How the adapter spreads received data over processors.
    pub RcvScaleCapabilities: PNDIS_RECEIVE_SCALE_CAPABILITIES,
    /// Interface identifier of whatever is uppermost in the adapter's stack.
    pub BoundIfNetluid: NET_LUID,
    /// Interface number of whatever is uppermost in the adapter's stack.
    pub BoundIfIndex: NET_IFINDEX,
    /// Interface identifier of the adapter at the bottom of the stack.
    pub LowestIfNetluid: NET_LUID,
    /// Interface number of the adapter at the bottom of the stack.
    pub LowestIfIndex: NET_IFINDEX,
    /// How many others the interface reaches.
    pub AccessType: NET_IF_ACCESS_TYPE,
    /// Which way data flows.
    pub DirectionType: NET_IF_DIRECTION_TYPE,
    /// What makes the interface connect.
    pub ConnectionType: NET_IF_CONNECTION_TYPE,
    /// Kind of the interface.
    pub IfType: NET_IFTYPE,
    /// Whether the adapter has a physical connector.
    pub IfConnectorPresent: BOOLEAN,
    /// The adapter's active ports.
    pub ActivePorts: PNDIS_PORT,
    /// How many bytes the stack wants free before the data of what is sent.
    pub DataBackFillSize: ULONG,
    /// How many bytes of context the stack wants in lists that are sent.
    pub ContextBackFillSize: ULONG,
    /// Flags of `OID_GEN_MAC_OPTIONS`.
    pub MacOptions: ULONG,
    /// The compartment the interface belongs to.
    pub CompartmentId: NET_IF_COMPARTMENT_ID,
    /// The offload configuration the adapter starts with.
    pub DefaultOffloadConfiguration: PNDIS_OFFLOAD,
    /// Which TCP connections the adapter takes off the processor.
    pub TcpConnectionOffloadCapabilities: PNDIS_TCP_CONNECTION_OFFLOAD,
    /// Name of the uppermost adapter in the stack: a virtual one if intermediate drivers are there.
    pub BoundAdapterName: PNDIS_STRING,
    /// Since revision 2: the header-data split in use, or null.
    pub HDSplitCurrentConfig: PNDIS_HD_SPLIT_CURRENT_CONFIG,
    /// Since revision 3: the adapter's receive filters, or null.
    pub ReceiveFilterCapabilities: PNDIS_RECEIVE_FILTER_CAPABILITIES,
    /// Since revision 3: how the adapter can wake the system and what it does while the system sleeps.
    pub PowerManagementCapabilitiesEx: PNDIS_PM_CAPABILITIES,
    /// Since revision 3: the switches that are enabled, or null.
    pub NicSwitchCapabilities: PNDIS_NIC_SWITCH_CAPABILITIES,
    /// Since revision 4: whether RDMA in the kernel is enabled.
    pub NDKEnabled: BOOLEAN,
    /// Since revision 4: what the adapter can do for RDMA in the kernel.
    pub NDKCapabilities: PNDIS_NDK_CAPABILITIES,
    /// Since revision 4: what the adapter can do for SR-IOV.
    pub SriovCapabilities: PNDIS_SRIOV_CAPABILITIES,
    /// Since revision 4: the adapter's switches.
    pub NicSwitchArray: PNDIS_NIC_SWITCH_INFO_ARRAY,
}
/// Pointer to an [`NDIS_BIND_PARAMETERS`].
pub type PNDIS_BIND_PARAMETERS = *mut NDIS_BIND_PARAMETERS;

/// First revision of [`NDIS_BIND_PARAMETERS`].
pub const NDIS_BIND_PARAMETERS_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_BIND_PARAMETERS`]: adds header-data split.
pub const NDIS_BIND_PARAMETERS_REVISION_2: UCHAR = 2;
/// Third revision of [`NDIS_BIND_PARAMETERS`]: adds receive filters, power management and switches.
pub const NDIS_BIND_PARAMETERS_REVISION_3: UCHAR = 3;
/// Fourth revision of [`NDIS_BIND_PARAMETERS`]: adds RDMA and SR-IOV.
pub const NDIS_BIND_PARAMETERS_REVISION_4: UCHAR = 4;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_BIND_PARAMETERS_REVISION_1: USHORT = size_through!(NDIS_BIND_PARAMETERS, BoundAdapterName);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_BIND_PARAMETERS_REVISION_2: USHORT = size_through!(NDIS_BIND_PARAMETERS, HDSplitCurrentConfig);
/// Size of revision 3 in bytes.
pub const NDIS_SIZEOF_BIND_PARAMETERS_REVISION_3: USHORT = size_through!(NDIS_BIND_PARAMETERS, NicSwitchCapabilities);
/// Size of revision 4 in bytes.
pub const NDIS_SIZEOF_BIND_PARAMETERS_REVISION_4: USHORT = size_through!(NDIS_BIND_PARAMETERS, NicSwitchArray);

/// How a protocol binds to an adapter, by `NdisOpenAdapterEx`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_OPEN_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_OPEN_PARAMETERS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Name of the adapter, from the [`NDIS_BIND_PARAMETERS`]. Need not outlive the call.
    pub AdapterName: PNDIS_STRING,
    /// The media the protocol can work with.
    pub MediumArray: PNDIS_MEDIUM,
    /// How many media there are.
    pub MediumArraySize: UINT,
    /// Where the index goes of the medium that the adapter presents. Written when the open is done.
    pub SelectedMediumIndex: PUINT,
    /// The EtherTypes the protocol wants to receive. A hint: others can come too.
    pub FrameTypeArray: PNET_FRAME_TYPE,
    /// How many EtherTypes there are.
    pub FrameTypeArraySize: UINT,
}
/// Pointer to an [`NDIS_OPEN_PARAMETERS`].
pub type PNDIS_OPEN_PARAMETERS = *mut NDIS_OPEN_PARAMETERS;

/// First revision of [`NDIS_OPEN_PARAMETERS`].
pub const NDIS_OPEN_PARAMETERS_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1: USHORT = size_through!(NDIS_OPEN_PARAMETERS, FrameTypeArraySize);

/// What has happened, or is about to, in a [`NET_PNP_EVENT`].
pub type NET_PNP_EVENT_CODE = i32;
/// The device goes to another power state, which is in the buffer.
pub const NetEventSetPower: NET_PNP_EVENT_CODE = 0;
/// May the device go to another power state, which is in the buffer?
pub const NetEventQueryPower: NET_PNP_EVENT_CODE = 1;
/// May the device be removed?
pub const NetEventQueryRemoveDevice: NET_PNP_EVENT_CODE = 2;
/// The device that was to be removed stays.
pub const NetEventCancelRemoveDevice: NET_PNP_EVENT_CODE = 3;
/// The configuration has changed.
pub const NetEventReconfigure: NET_PNP_EVENT_CODE = 4;
/// The order among the protocol's bindings has changed. It is in the buffer.
pub const NetEventBindList: NET_PNP_EVENT_CODE = 5;
/// All adapters that are there now have been offered to the protocol.
pub const NetEventBindsComplete: NET_PNP_EVENT_CODE = 6;
/// Waking the system was enabled or disabled for the adapter.
pub const NetEventPnPCapabilities: NET_PNP_EVENT_CODE = 7;
/// The data flow stops.
pub const NetEventPause: NET_PNP_EVENT_CODE = 8;
/// The data flow resumes.
pub const NetEventRestart: NET_PNP_EVENT_CODE = 9;
/// The ports in the buffer are active.
pub const NetEventPortActivation: NET_PNP_EVENT_CODE = 10;
/// The ports in the buffer are no longer active.
pub const NetEventPortDeactivation: NET_PNP_EVENT_CODE = 11;
/// A virtual adapter of an intermediate driver was enabled again.
pub const NetEventIMReEnableDevice: NET_PNP_EVENT_CODE = 12;
/// RDMA in the kernel is enabled.
pub const NetEventNDKEnable: NET_PNP_EVENT_CODE = 13;
/// RDMA in the kernel is disabled.
pub const NetEventNDKDisable: NET_PNP_EVENT_CODE = 14;
/// A filter module is about to detach: the last time it can send and make requests.
pub const NetEventFilterPreDetach: NET_PNP_EVENT_CODE = 15;
/// A binding has failed.
pub const NetEventBindFailed: NET_PNP_EVENT_CODE = 16;
/// The virtual switch is active.
pub const NetEventSwitchActivate: NET_PNP_EVENT_CODE = 17;
/// From a miniport: protocols and filters may bind again.
pub const NetEventAllowBindsAbove: NET_PNP_EVENT_CODE = 18;
/// From a miniport: protocols and filters must not be bound.
pub const NetEventInhibitBindsAbove: NET_PNP_EVENT_CODE = 19;
/// From a miniport: the stack may run again.
pub const NetEventAllowStart: NET_PNP_EVENT_CODE = 20;
/// From a miniport: the stack must be paused.
pub const NetEventRequirePause: NET_PNP_EVENT_CODE = 21;
/// The flows that the adapter has in its generic flow table are wanted.
pub const NetEventUploadGftFlowEntries: NET_PNP_EVENT_CODE = 22;
/// One past the last event.
pub const NetEventMaximum: NET_PNP_EVENT_CODE = 23;

/// An event, with what there is to know about it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NET_PNP_EVENT {
    /// What has happened.
    pub NetEvent: NET_PNP_EVENT_CODE,
    /// What there is to know: depends on the event. Can be null.
    pub Buffer: PVOID,
    /// Length of the buffer in bytes.
    pub BufferLength: ULONG,
    /// Kept for NDIS.
    pub NdisReserved: [ULONG_PTR; 4],
    /// Kept for the protocol driver.
    pub TransportReserved: [ULONG_PTR; 4],
    /// Kept for TDI.
    pub TdiReserved: [ULONG_PTR; 4],
    /// Kept for TDI's clients.
    pub TdiClientReserved: [ULONG_PTR; 4],
}
/// Pointer to a [`NET_PNP_EVENT`].
pub type PNET_PNP_EVENT = *mut NET_PNP_EVENT;

/// A plug-and-play, power, pause or restart event that concerns a binding or all of a protocol.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NET_PNP_EVENT_NOTIFICATION {
    /// Type [`NDIS_OBJECT_TYPE_DEFAULT`].
    pub Header: NDIS_OBJECT_HEADER,
    /// The port the event comes from, or zero.
    pub PortNumber: NDIS_PORT_NUMBER,
    /// The event.
    pub NetPnPEvent: NET_PNP_EVENT,
    /// Whether the virtual port is valid. The other bits are kept for NDIS.
    pub Flags: ULONG,
    /// Since revision 2: the switch the event concerns.
    pub SwitchId: NDIS_NIC_SWITCH_ID,
    /// Since revision 2: the virtual port the event concerns.
    pub VPortId: NDIS_NIC_SWITCH_VPORT_ID,
}
/// Pointer to a [`NET_PNP_EVENT_NOTIFICATION`].
pub type PNET_PNP_EVENT_NOTIFICATION = *mut NET_PNP_EVENT_NOTIFICATION;

/// First revision of [`NET_PNP_EVENT_NOTIFICATION`].
pub const NET_PNP_EVENT_NOTIFICATION_REVISION_1: UCHAR = 1;
/// Second revision of [`NET_PNP_EVENT_NOTIFICATION`]: adds the switch and the virtual port.
pub const NET_PNP_EVENT_NOTIFICATION_REVISION_2: UCHAR = 2;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1: USHORT = size_through!(NET_PNP_EVENT_NOTIFICATION, Flags);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_2: USHORT =
    size_through!(NET_PNP_EVENT_NOTIFICATION, VPortId);

/// Asks the protocol to bind to an adapter.
pub type BIND_HANDLER_EX = Option<
    unsafe extern "system" fn(
        ProtocolDriverContext: NDIS_HANDLE,
        BindContext: NDIS_HANDLE,
        BindParameters: PNDIS_BIND_PARAMETERS,
    ) -> NDIS_STATUS,
>;
/// A status that a driver below has indicated.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_STATUS_INDICATION {
    /// Type [`NDIS_OBJECT_TYPE_STATUS_INDICATION`].
    pub Header: NDIS_OBJECT_HEADER,
    /// The handle of the driver that indicates.
    pub SourceHandle: NDIS_HANDLE,
    /// The port it is about.
    pub PortNumber: NDIS_PORT_NUMBER,
    /// What is indicated.
    pub StatusCode: NDIS_STATUS,
    /// Kept for NDIS.
    pub Flags: ULONG,
    /// Whom it is for, if it is for one driver only.
    pub DestinationHandle: NDIS_HANDLE,
    /// The request it belongs to, if there is one.
    pub RequestId: PVOID,
    /// What belongs to the status.
    pub StatusBuffer: PVOID,
    /// Its length in bytes.
    pub StatusBufferSize: ULONG,
    /// An identifier of a driver's own status.
    pub Guid: GUID,
    /// Kept for NDIS.
    pub NdisReserved: [PVOID; 4],
}
/// Pointer to an [`NDIS_STATUS_INDICATION`].
pub type PNDIS_STATUS_INDICATION = *mut NDIS_STATUS_INDICATION;
/// First revision of [`NDIS_STATUS_INDICATION`].
pub const NDIS_STATUS_INDICATION_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_STATUS_INDICATION_REVISION_1: USHORT = size_through!(NDIS_STATUS_INDICATION, NdisReserved);

/// Asks the protocol to close a binding.
pub type UNBIND_HANDLER_EX =
    Option<unsafe extern "system" fn(UnbindContext: NDIS_HANDLE, ProtocolBindingContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// Says how an open that had been pending went.
pub type OPEN_ADAPTER_COMPLETE_HANDLER_EX =
    Option<unsafe extern "system" fn(ProtocolBindingContext: NDIS_HANDLE, Status: NDIS_STATUS)>;
/// Says that a close that had been pending is done.
pub type CLOSE_ADAPTER_COMPLETE_HANDLER_EX = Option<unsafe extern "system" fn(ProtocolBindingContext: NDIS_HANDLE)>;
/// Tells of a plug-and-play, power, pause or restart event.
pub type NET_PNP_EVENT_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolBindingContext: NDIS_HANDLE,
        NetPnPEventNotification: PNET_PNP_EVENT_NOTIFICATION,
    ) -> NDIS_STATUS,
>;
/// Says how an OID request that had been pending went.
pub type OID_REQUEST_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(ProtocolBindingContext: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST, Status: NDIS_STATUS),
>;
/// Says how a direct OID request that had been pending went.
pub type DIRECT_OID_REQUEST_COMPLETE_HANDLER = OID_REQUEST_COMPLETE_HANDLER;
/// Tells of a status that a driver below has indicated.
pub type STATUS_HANDLER_EX =
    Option<unsafe extern "system" fn(ProtocolBindingContext: NDIS_HANDLE, StatusIndication: PNDIS_STATUS_INDICATION)>;
/// Brings received data.
pub type RECEIVE_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolBindingContext: NDIS_HANDLE,
        NetBufferLists: PNET_BUFFER_LIST,
        PortNumber: NDIS_PORT_NUMBER,
        NumberOfNetBufferLists: ULONG,
        ReceiveFlags: ULONG,
    ),
>;
/// Brings back lists that the protocol had sent.
pub type SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolBindingContext: NDIS_HANDLE,
        NetBufferList: PNET_BUFFER_LIST,
        SendCompleteFlags: ULONG,
    ),
>;

/// The caller runs at DISPATCH_LEVEL.
pub const NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL: ULONG = 0x1;
/// The lists are only lent for the call.
pub const NDIS_RECEIVE_FLAGS_RESOURCES: ULONG = 0x2;
/// All lists hold packets of one EtherType.
pub const NDIS_RECEIVE_FLAGS_SINGLE_ETHER_TYPE: ULONG = 0x100;
/// All lists hold packets of one VLAN.
pub const NDIS_RECEIVE_FLAGS_SINGLE_VLAN: ULONG = 0x200;
/// All packets have passed a perfect filter.
pub const NDIS_RECEIVE_FLAGS_PERFECT_FILTERED: ULONG = 0x400;
/// All lists come from one receive queue.
pub const NDIS_RECEIVE_FLAGS_SINGLE_QUEUE: ULONG = 0x800;
/// The buffers say in which shared memory their data is.
pub const NDIS_RECEIVE_FLAGS_SHARED_MEMORY_INFO_VALID: ULONG = 0x1000;
/// More lists follow in another call.
pub const NDIS_RECEIVE_FLAGS_MORE_NBLS: ULONG = 0x2000;
/// All lists have the same destination ports on the virtual switch.
pub const NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP: ULONG = 0x4000;
/// All lists have the same source port on the virtual switch.
pub const NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE: ULONG = 0x8000;

/// How a protocol driver registers, by `NdisRegisterProtocolDriver`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
    /// Type [`NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Major NDIS version the driver was written for.
    pub MajorNdisVersion: UCHAR,
    /// Minor NDIS version the driver was written for.
    pub MinorNdisVersion: UCHAR,
    /// Major version of the driver.
    pub MajorDriverVersion: UCHAR,
    /// Minor version of the driver.
    pub MinorDriverVersion: UCHAR,
    /// `NDIS_PROTOCOL_DRIVER_SUPPORTS_*` flags.
    pub Flags: ULONG,
    /// Name of the driver, as its service is called.
    pub Name: NDIS_STRING,
    /// Optional: registers optional handlers.
    pub SetOptionsHandler: SET_OPTIONS_HANDLER,
    /// Asks to bind to an adapter.
    pub BindAdapterHandlerEx: BIND_HANDLER_EX,
    /// Asks to close a binding.
    pub UnbindAdapterHandlerEx: UNBIND_HANDLER_EX,
    /// An open is done.
    pub OpenAdapterCompleteHandlerEx: OPEN_ADAPTER_COMPLETE_HANDLER_EX,
    /// A close is done.
    pub CloseAdapterCompleteHandlerEx: CLOSE_ADAPTER_COMPLETE_HANDLER_EX,
    /// An event has happened.
    pub NetPnPEventHandler: NET_PNP_EVENT_HANDLER,
    /// Optional: the protocol is being uninstalled.
    pub UninstallHandler: UNINSTALL_PROTOCOL_HANDLER,
    /// An OID request is done.
    pub OidRequestCompleteHandler: OID_REQUEST_COMPLETE_HANDLER,
    /// Optional: a status was indicated.
    pub StatusHandlerEx: STATUS_HANDLER_EX,
    /// Data was received.
    pub ReceiveNetBufferListsHandler: RECEIVE_NET_BUFFER_LISTS_HANDLER,
    /// Data was sent.
    pub SendNetBufferListsCompleteHandler: SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER,
    /// Optional, since revision 2: a direct OID request is done.
    pub DirectOidRequestCompleteHandler: DIRECT_OID_REQUEST_COMPLETE_HANDLER,
}
/// Pointer to an [`NDIS_PROTOCOL_DRIVER_CHARACTERISTICS`].
pub type PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS = *mut NDIS_PROTOCOL_DRIVER_CHARACTERISTICS;

/// First revision of [`NDIS_PROTOCOL_DRIVER_CHARACTERISTICS`].
pub const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_PROTOCOL_DRIVER_CHARACTERISTICS`]: adds direct OID requests.
pub const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2: UCHAR = 2;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1: USHORT =
    size_through!(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS, SendNetBufferListsCompleteHandler);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2: USHORT =
    size_through!(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS, DirectOidRequestCompleteHandler);

/// The protocol copes with a change of the adapter's MAC address.
pub const NDIS_PROTOCOL_DRIVER_SUPPORTS_CURRENT_MAC_ADDRESS_CHANGE: ULONG = 0x2;
/// The protocol copes with a change of the adapter's MTU.
pub const NDIS_PROTOCOL_DRIVER_SUPPORTS_L2_MTU_SIZE_CHANGE: ULONG = 0x4;

/// NDIS calls it when the protocol is being uninstalled, possibly during its registration.
pub type UNINSTALL_PROTOCOL_HANDLER = Option<unsafe extern "system" fn()>;
