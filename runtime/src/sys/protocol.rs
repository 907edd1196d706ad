//! Protocol drivers: how one registers and what NDIS calls in it.

use super::base::*;
use super::nbl::PNET_BUFFER_LIST;
use super::oid::PNDIS_OID_REQUEST;
use super::set_options::SET_OPTIONS_HANDLER;

opaque! {
    /// What NDIS tells a protocol about an adapter it may bind to.
    NDIS_BIND_PARAMETERS, PNDIS_BIND_PARAMETERS;
    /// A plug-and-play or power event that concerns a binding.
    NET_PNP_EVENT_NOTIFICATION, PNET_PNP_EVENT_NOTIFICATION;
    /// A status that a driver below has indicated.
    NDIS_STATUS_INDICATION, PNDIS_STATUS_INDICATION;
}

/// Asks the protocol to bind to an adapter.
pub type BIND_HANDLER_EX = Option<
    unsafe extern "system" fn(
        ProtocolDriverContext: NDIS_HANDLE,
        BindContext: NDIS_HANDLE,
        BindParameters: PNDIS_BIND_PARAMETERS,
    ) -> NDIS_STATUS,
>;
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

ndis_catalogue::protocol! { typedefs }
