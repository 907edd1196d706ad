//! Filter modules: what NDIS tells one when it attaches to an adapter's stack or pauses.

use super::base::*;
use super::miniport::PNET_DEVICE_PNP_EVENT;
use super::nbl::PNET_BUFFER_LIST;
use super::oid::{NDIS_OID_REQUEST, PNDIS_OID_REQUEST};
use super::protocol::{PNDIS_STATUS_INDICATION, PNET_PNP_EVENT_NOTIFICATION};

/// Whether an adapter is connected to the network.
pub type NDIS_MEDIA_CONNECT_STATE = i32;
/// Not known.
pub const MediaConnectStateUnknown: NDIS_MEDIA_CONNECT_STATE = 0;
/// Connected.
pub const MediaConnectStateConnected: NDIS_MEDIA_CONNECT_STATE = 1;
/// Not connected.
pub const MediaConnectStateDisconnected: NDIS_MEDIA_CONNECT_STATE = 2;

/// Whether a link can send and receive at once.
pub type NET_IF_MEDIA_DUPLEX_STATE = i32;
/// NDIS's name for a [`NET_IF_MEDIA_DUPLEX_STATE`].
pub type NDIS_MEDIA_DUPLEX_STATE = NET_IF_MEDIA_DUPLEX_STATE;
/// Not known.
pub const MediaDuplexStateUnknown: NET_IF_MEDIA_DUPLEX_STATE = 0;
/// It cannot.
pub const MediaDuplexStateHalf: NET_IF_MEDIA_DUPLEX_STATE = 1;
/// It can.
pub const MediaDuplexStateFull: NET_IF_MEDIA_DUPLEX_STATE = 2;

/// The medium an adapter presents to the drivers above it.
pub type NDIS_MEDIUM = i32;
/// Pointer to an [`NDIS_MEDIUM`].
pub type PNDIS_MEDIUM = *mut NDIS_MEDIUM;
/// Ethernet.
pub const NdisMedium802_3: NDIS_MEDIUM = 0;
/// Token Ring.
pub const NdisMedium802_5: NDIS_MEDIUM = 1;
/// FDDI.
pub const NdisMediumFddi: NDIS_MEDIUM = 2;
/// Wide area network.
pub const NdisMediumWan: NDIS_MEDIUM = 3;
/// LocalTalk.
pub const NdisMediumLocalTalk: NDIS_MEDIUM = 4;
/// DIX Ethernet.
pub const NdisMediumDix: NDIS_MEDIUM = 5;
/// ARCNET, raw.
pub const NdisMediumArcnetRaw: NDIS_MEDIUM = 6;
/// ARCNET with 878.2 framing.
pub const NdisMediumArcnet878_2: NDIS_MEDIUM = 7;
/// ATM.
pub const NdisMediumAtm: NDIS_MEDIUM = 8;
/// Mobile broadband.
pub const NdisMediumWirelessWan: NDIS_MEDIUM = 9;
/// Infrared.
pub const NdisMediumIrda: NDIS_MEDIUM = 10;
/// Broadcast PC.
pub const NdisMediumBpc: NDIS_MEDIUM = 11;
/// Connection-oriented wide area network.
pub const NdisMediumCoWan: NDIS_MEDIUM = 12;
/// IEEE 1394.
pub const NdisMedium1394: NDIS_MEDIUM = 13;
/// InfiniBand.
pub const NdisMediumInfiniBand: NDIS_MEDIUM = 14;
/// Tunnel.
pub const NdisMediumTunnel: NDIS_MEDIUM = 15;
/// Wi-Fi with its native framing.
pub const NdisMediumNative802_11: NDIS_MEDIUM = 16;
/// Loopback.
pub const NdisMediumLoopback: NDIS_MEDIUM = 17;
/// WiMAX.
pub const NdisMediumWiMAX: NDIS_MEDIUM = 18;
/// Bare IP packets.
pub const NdisMediumIP: NDIS_MEDIUM = 19;
/// One past the last medium.
pub const NdisMediumMax: NDIS_MEDIUM = 20;

/// The medium an adapter is really attached to.
pub type NDIS_PHYSICAL_MEDIUM = i32;
/// Not stated.
pub const NdisPhysicalMediumUnspecified: NDIS_PHYSICAL_MEDIUM = 0;
/// Wi-Fi that presents itself as Ethernet.
pub const NdisPhysicalMediumWirelessLan: NDIS_PHYSICAL_MEDIUM = 1;
/// Cable modem.
pub const NdisPhysicalMediumCableModem: NDIS_PHYSICAL_MEDIUM = 2;
/// Phone line.
pub const NdisPhysicalMediumPhoneLine: NDIS_PHYSICAL_MEDIUM = 3;
/// Power line.
pub const NdisPhysicalMediumPowerLine: NDIS_PHYSICAL_MEDIUM = 4;
/// DSL.
pub const NdisPhysicalMediumDSL: NDIS_PHYSICAL_MEDIUM = 5;
/// Fibre Channel.
pub const NdisPhysicalMediumFibreChannel: NDIS_PHYSICAL_MEDIUM = 6;
/// IEEE 1394.
pub const NdisPhysicalMedium1394: NDIS_PHYSICAL_MEDIUM = 7;
/// Mobile broadband.
pub const NdisPhysicalMediumWirelessWan: NDIS_PHYSICAL_MEDIUM = 8;
/// Wi-Fi.
pub const NdisPhysicalMediumNative802_11: NDIS_PHYSICAL_MEDIUM = 9;
/// Bluetooth.
pub const NdisPhysicalMediumBluetooth: NDIS_PHYSICAL_MEDIUM = 10;
/// InfiniBand.
pub const NdisPhysicalMediumInfiniband: NDIS_PHYSICAL_MEDIUM = 11;
/// WiMAX.
pub const NdisPhysicalMediumWiMax: NDIS_PHYSICAL_MEDIUM = 12;
/// Ultra-wideband.
pub const NdisPhysicalMediumUWB: NDIS_PHYSICAL_MEDIUM = 13;
/// Ethernet.
pub const NdisPhysicalMedium802_3: NDIS_PHYSICAL_MEDIUM = 14;
/// Token Ring.
pub const NdisPhysicalMedium802_5: NDIS_PHYSICAL_MEDIUM = 15;
/// Infrared.
pub const NdisPhysicalMediumIrda: NDIS_PHYSICAL_MEDIUM = 16;
/// Wired wide area network.
pub const NdisPhysicalMediumWiredWAN: NDIS_PHYSICAL_MEDIUM = 17;
/// Wired wide area network, connection-oriented.
pub const NdisPhysicalMediumWiredCoWan: NDIS_PHYSICAL_MEDIUM = 18;
/// None of the others.
pub const NdisPhysicalMediumOther: NDIS_PHYSICAL_MEDIUM = 19;
/// Low-rate wireless, IEEE 802.15.4.
pub const NdisPhysicalMediumNative802_15_4: NDIS_PHYSICAL_MEDIUM = 20;
/// One past the last medium.
pub const NdisPhysicalMediumMax: NDIS_PHYSICAL_MEDIUM = 21;

opaque! {
    /// Which tasks an adapter takes off the processor.
    NDIS_OFFLOAD, PNDIS_OFFLOAD;
    /// How an adapter splits received headers from data.
    NDIS_HD_SPLIT_CURRENT_CONFIG, PNDIS_HD_SPLIT_CURRENT_CONFIG;
    /// Which receive filters an adapter has.
    NDIS_RECEIVE_FILTER_CAPABILITIES, PNDIS_RECEIVE_FILTER_CAPABILITIES;
    /// Which switches an adapter has.
    NDIS_NIC_SWITCH_CAPABILITIES, PNDIS_NIC_SWITCH_CAPABILITIES;
    /// What an adapter can do for SR-IOV.
    NDIS_SRIOV_CAPABILITIES, PNDIS_SRIOV_CAPABILITIES;
    /// The switches of an adapter.
    NDIS_NIC_SWITCH_INFO_ARRAY, PNDIS_NIC_SWITCH_INFO_ARRAY;
}

/// What NDIS tells a filter driver about the adapter that a new module attaches to.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_FILTER_ATTACH_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Interface number of the module.
    pub IfIndex: NET_IFINDEX,
    /// Interface identifier of the module.
    pub NetLuid: NET_LUID,
    /// Name of the module: a GUID.
    pub FilterModuleGuidName: PNDIS_STRING,
    /// Interface number of the adapter.
    pub BaseMiniportIfIndex: NET_IFINDEX,
    /// Name of the adapter as users see it.
    pub BaseMiniportInstanceName: PNDIS_STRING,
    /// Name of the adapter's device.
    pub BaseMiniportName: PNDIS_STRING,
    /// Whether the adapter is connected.
    pub MediaConnectState: NDIS_MEDIA_CONNECT_STATE,
    /// Whether the link can send and receive at once.
    pub MediaDuplexState: NET_IF_MEDIA_DUPLEX_STATE,
    /// Speed of sending in bits per second.
    pub XmitLinkSpeed: ULONG64,
    /// Speed of receiving in bits per second.
    pub RcvLinkSpeed: ULONG64,
    /// The medium the adapter presents.
    pub MiniportMediaType: NDIS_MEDIUM,
    /// The medium the adapter is attached to.
    pub MiniportPhysicalMediaType: NDIS_PHYSICAL_MEDIUM,
    /// Attributes that only this medium has, or null.
    pub MiniportMediaSpecificAttributes: NDIS_HANDLE,
    /// The offload configuration the adapter starts with.
    pub DefaultOffloadConfiguration: PNDIS_OFFLOAD,
    /// Length of the MAC address in bytes.
    pub MacAddressLength: USHORT,
    /// The MAC address in use.
    pub CurrentMacAddress: [UCHAR; 32],
    /// Interface identifier of the adapter.
    pub BaseMiniportNetLuid: NET_LUID,
    /// Interface number of whatever is directly below the module.
    pub LowerIfIndex: NET_IFINDEX,
    /// Interface identifier of whatever is directly below the module.
    pub LowerIfNetLuid: NET_LUID,
    /// Attributes of the attachment.
    pub Flags: ULONG,
    /// Since revision 2: the header-data split in use.
    pub HDSplitCurrentConfig: PNDIS_HD_SPLIT_CURRENT_CONFIG,
    /// Since revision 3: the adapter's receive filters.
    pub ReceiveFilterCapabilities: PNDIS_RECEIVE_FILTER_CAPABILITIES,
    /// Since revision 3: the adapter's physical device.
    pub MiniportPhysicalDeviceObject: PDEVICE_OBJECT,
    /// Since revision 3: the switches that are enabled.
    pub NicSwitchCapabilities: PNDIS_NIC_SWITCH_CAPABILITIES,
    /// Since revision 4: whether the adapter has a physical connector.
    pub BaseMiniportIfConnectorPresent: BOOLEAN,
    /// Since revision 4: what the adapter can do for SR-IOV.
    pub SriovCapabilities: PNDIS_SRIOV_CAPABILITIES,
    /// Since revision 4: the adapter's switches.
    pub NicSwitchArray: PNDIS_NIC_SWITCH_INFO_ARRAY,
}
/// Pointer to an [`NDIS_FILTER_ATTACH_PARAMETERS`].
pub type PNDIS_FILTER_ATTACH_PARAMETERS = *mut NDIS_FILTER_ATTACH_PARAMETERS;

/// First revision of [`NDIS_FILTER_ATTACH_PARAMETERS`].
pub const NDIS_FILTER_ATTACH_PARAMETERS_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_FILTER_ATTACH_PARAMETERS`]: adds header-data split.
pub const NDIS_FILTER_ATTACH_PARAMETERS_REVISION_2: UCHAR = 2;
/// Third revision of [`NDIS_FILTER_ATTACH_PARAMETERS`]: adds receive filters and switches.
pub const NDIS_FILTER_ATTACH_PARAMETERS_REVISION_3: UCHAR = 3;
/// Fourth revision of [`NDIS_FILTER_ATTACH_PARAMETERS`]: adds SR-IOV.
pub const NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4: UCHAR = 4;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1: USHORT = size_through!(NDIS_FILTER_ATTACH_PARAMETERS, Flags);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_2: USHORT =
    size_through!(NDIS_FILTER_ATTACH_PARAMETERS, HDSplitCurrentConfig);
/// Size of revision 3 in bytes.
pub const NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_3: USHORT =
    size_through!(NDIS_FILTER_ATTACH_PARAMETERS, NicSwitchCapabilities);
/// Size of revision 4 in bytes.
pub const NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4: USHORT =
    size_through!(NDIS_FILTER_ATTACH_PARAMETERS, NicSwitchArray);

/// What a filter module tells NDIS about itself while it attaches, by `NdisFSetAttributes`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_FILTER_ATTRIBUTES {
    /// Type [`NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Kept for NDIS: zero.
    pub Flags: ULONG,
}
/// Pointer to an [`NDIS_FILTER_ATTRIBUTES`].
pub type PNDIS_FILTER_ATTRIBUTES = *mut NDIS_FILTER_ATTRIBUTES;

/// First revision of [`NDIS_FILTER_ATTRIBUTES`].
pub const NDIS_FILTER_ATTRIBUTES_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1: USHORT = size_through!(NDIS_FILTER_ATTRIBUTES, Flags);

/// Why NDIS pauses a filter module.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_FILTER_PAUSE_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Kept for NDIS.
    pub Flags: ULONG,
    /// The reason: one of ndis.h's `NDIS_PAUSE_*` values.
    pub PauseReason: ULONG,
}
/// Pointer to an [`NDIS_FILTER_PAUSE_PARAMETERS`].
pub type PNDIS_FILTER_PAUSE_PARAMETERS = *mut NDIS_FILTER_PAUSE_PARAMETERS;

/// First revision of [`NDIS_FILTER_PAUSE_PARAMETERS`].
pub const NDIS_FILTER_PAUSE_PARAMETERS_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1: USHORT =
    size_through!(NDIS_FILTER_PAUSE_PARAMETERS, PauseReason);

/// NDIS calls it to create a filter module, possibly before NdisFRegisterFilterDriver has returned.
pub type FILTER_ATTACH_HANDLER = Option<
    unsafe extern "system" fn(
        NdisFilterHandle: NDIS_HANDLE,
        FilterDriverContext: NDIS_HANDLE,
        AttachParameters: PNDIS_FILTER_ATTACH_PARAMETERS,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it to tear down a paused filter module.
pub type FILTER_DETACH_HANDLER = Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE)>;
/// NDIS calls it to stop the data flow through a running filter module; the callback cannot fail.
pub type FILTER_PAUSE_HANDLER = Option<
    unsafe extern "system" fn(
        FilterModuleContext: NDIS_HANDLE,
        PauseParameters: PNDIS_FILTER_PAUSE_PARAMETERS,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it with the lists that a driver above sends.
pub type FILTER_SEND_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(
        FilterModuleContext: NDIS_HANDLE,
        NetBufferList: PNET_BUFFER_LIST,
        PortNumber: NDIS_PORT_NUMBER,
        SendFlags: ULONG,
    ),
>;
/// NDIS calls it with lists that a driver below has received.
pub type FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(
        FilterModuleContext: NDIS_HANDLE,
        NetBufferLists: PNET_BUFFER_LIST,
        PortNumber: NDIS_PORT_NUMBER,
        NumberOfNetBufferLists: ULONG,
        ReceiveFlags: ULONG,
    ),
>;
/// NDIS calls it with a request that a driver above makes, one at a time.
pub type FILTER_OID_REQUEST_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST) -> NDIS_STATUS>;
/// NDIS calls it when a request that the filter passed down was completed, possibly before NdisFOidRequest has returned.
pub type FILTER_OID_REQUEST_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST, Status: NDIS_STATUS),
>;
/// NDIS calls it when direct OIDs with an id are cancelled.
pub type FILTER_CANCEL_DIRECT_OID_REQUEST_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, RequestId: PVOID)>;
/// NDIS calls it when the originator cancels outstanding OIDs by id.
pub type FILTER_CANCEL_OID_REQUEST_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, RequestId: PVOID)>;
/// NDIS calls it when queued sends tagged with an id are cancelled.
pub type FILTER_CANCEL_SEND_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, CancelId: PVOID)>;
/// NDIS calls it for device PnP/power events of the adapter.
pub type FILTER_DEVICE_PNP_EVENT_NOTIFY_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, NetDevicePnPEvent: PNET_DEVICE_PNP_EVENT)>;
/// NDIS calls it for a non-serialized direct OID going down.
pub type FILTER_DIRECT_OID_REQUEST_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST) -> NDIS_STATUS>;
/// NDIS calls it when a direct OID the filter issued finishes.
pub type FILTER_DIRECT_OID_REQUEST_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, OidRequest: PNDIS_OID_REQUEST, Status: NDIS_STATUS),
>;
/// NDIS calls it for network PnP/power events travelling the stack.
pub type FILTER_NET_PNP_EVENT_HANDLER = Option<
    unsafe extern "system" fn(
        FilterModuleContext: NDIS_HANDLE,
        NetPnPEventNotification: PNET_PNP_EVENT_NOTIFICATION,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it when upper layers give received lists back.
pub type FILTER_RETURN_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, NetBufferLists: PNET_BUFFER_LIST, ReturnFlags: ULONG),
>;
/// NDIS calls it when lower layers finished transmitting lists.
pub type FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(
        FilterModuleContext: NDIS_HANDLE,
        NetBufferList: PNET_BUFFER_LIST,
        SendCompleteFlags: ULONG,
    ),
>;
/// NDIS calls it before restart, so a module may swap data handlers.
pub type FILTER_SET_FILTER_MODULE_OPTIONS_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// NDIS calls it when lower layers indicate a status change.
pub type FILTER_STATUS_HANDLER =
    Option<unsafe extern "system" fn(FilterModuleContext: NDIS_HANDLE, StatusIndication: PNDIS_STATUS_INDICATION)>;
/// NDIS calls it on the way down of a synchronous OID.
pub type FILTER_SYNCHRONOUS_OID_REQUEST_HANDLER = Option<
    unsafe extern "system" fn(
        FilterModuleContext: NDIS_HANDLE,
        OidRequest: *mut NDIS_OID_REQUEST,
        CallContext: *mut PVOID,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it on the way back up of a synchronous OID.
pub type FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(
        FilterModuleContext: NDIS_HANDLE,
        OidRequest: *mut NDIS_OID_REQUEST,
        Status: *mut NDIS_STATUS,
        CallContext: PVOID,
    ),
>;
