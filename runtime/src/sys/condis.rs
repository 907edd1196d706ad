//! CoNDIS: address families and virtual connections.

use super::base::*;
use super::nbl::PNET_BUFFER_LIST;
use super::oid::PNDIS_OID_REQUEST;
use super::protocol::PNDIS_STATUS_INDICATION;

/// NDIS calls it when a client closes an address family of a call manager.
pub type CM_CLOSE_AF_HANDLER = Option<unsafe extern "system" fn(CallMgrAfContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// NDIS calls it so that the other side of a virtual connection can prepare for it.
pub type CO_CREATE_VC_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolAfContext: NDIS_HANDLE,
        NdisVcHandle: NDIS_HANDLE,
        ProtocolVcContext: PNDIS_HANDLE,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it so that the other side of a virtual connection can free what it has for it; on failure it keeps it.
pub type CO_DELETE_VC_HANDLER = Option<unsafe extern "system" fn(ProtocolVcContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// NDIS calls it when lists arrive on a VC.
pub type CO_RECEIVE_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolBindingContext: NDIS_HANDLE,
        ProtocolVcContext: NDIS_HANDLE,
        NetBufferLists: PNET_BUFFER_LIST,
        NumberOfNetBufferLists: ULONG,
        ReceiveFlags: ULONG,
    ),
>;
/// NDIS calls it when lists sent on a VC finish.
pub type CO_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolVcContext: NDIS_HANDLE,
        NetBufferLists: PNET_BUFFER_LIST,
        SendCompleteFlags: ULONG,
    ),
>;
/// NDIS calls it when a CoNDIS miniport indicates status.
pub type CO_STATUS_HANDLER_EX = Option<
    unsafe extern "system" fn(
        ProtocolBindingContext: NDIS_HANDLE,
        ProtocolVcContext: NDIS_HANDLE,
        StatusIndication: PNDIS_STATUS_INDICATION,
    ),
>;
/// NDIS calls it when the peer issues a CoNDIS OID.
pub type CO_OID_REQUEST_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolAfContext: NDIS_HANDLE,
        ProtocolVcContext: NDIS_HANDLE,
        ProtocolPartyContext: NDIS_HANDLE,
        OidRequest: PNDIS_OID_REQUEST,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it when a pended CoNDIS OID finishes.
pub type CO_OID_REQUEST_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(
        ProtocolAfContext: NDIS_HANDLE,
        ProtocolVcContext: NDIS_HANDLE,
        ProtocolPartyContext: NDIS_HANDLE,
        OidRequest: PNDIS_OID_REQUEST,
        Status: NDIS_STATUS,
    ),
>;
/// NDIS calls it when an accepted incoming call is connected.
pub type CL_CALL_CONNECTED_HANDLER = Option<unsafe extern "system" fn(ProtocolVcContext: NDIS_HANDLE)>;
/// NDIS calls it when closing an address family finishes.
pub type CL_CLOSE_AF_COMPLETE_HANDLER =
    Option<unsafe extern "system" fn(Status: NDIS_STATUS, ProtocolAfContext: NDIS_HANDLE)>;
/// NDIS calls it when closing a call finishes.
pub type CL_CLOSE_CALL_COMPLETE_HANDLER = Option<
    unsafe extern "system" fn(Status: NDIS_STATUS, ProtocolVcContext: NDIS_HANDLE, ProtocolPartyContext: NDIS_HANDLE),
>;
/// NDIS calls it when SAP removal finishes.
pub type CL_DEREG_SAP_COMPLETE_HANDLER =
    Option<unsafe extern "system" fn(Status: NDIS_STATUS, ProtocolSapContext: NDIS_HANDLE)>;
/// NDIS calls it when dropping a multipoint party finishes.
pub type CL_DROP_PARTY_COMPLETE_HANDLER =
    Option<unsafe extern "system" fn(Status: NDIS_STATUS, ProtocolPartyContext: NDIS_HANDLE)>;
/// NDIS calls it when the remote end or network closes a call.
pub type CL_INCOMING_CLOSE_CALL_HANDLER = Option<
    unsafe extern "system" fn(CloseStatus: NDIS_STATUS, ProtocolVcContext: NDIS_HANDLE, CloseData: PVOID, Size: UINT),
>;
/// NDIS calls it when a remote multipoint party leaves.
pub type CL_INCOMING_DROP_PARTY_HANDLER = Option<
    unsafe extern "system" fn(DropStatus: NDIS_STATUS, ProtocolPartyContext: NDIS_HANDLE, CloseData: PVOID, Size: UINT),
>;
/// NDIS calls it asking the client to close its address family.
pub type CL_NOTIFY_CLOSE_AF_HANDLER = Option<unsafe extern "system" fn(ClientAfContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// NDIS 5.x form of the open-AF completion.
pub type CL_OPEN_AF_COMPLETE_HANDLER =
    Option<unsafe extern "system" fn(Status: NDIS_STATUS, ProtocolAfContext: NDIS_HANDLE, NdisAfHandle: NDIS_HANDLE)>;
/// NDIS calls it when opening an address family finishes.
pub type CL_OPEN_AF_COMPLETE_HANDLER_EX =
    Option<unsafe extern "system" fn(ProtocolAfContext: NDIS_HANDLE, NdisAfHandle: NDIS_HANDLE, Status: NDIS_STATUS)>;
/// NDIS calls it when a client closes a call.
pub type CM_CLOSE_CALL_HANDLER = Option<
    unsafe extern "system" fn(
        CallMgrVcContext: NDIS_HANDLE,
        CallMgrPartyContext: NDIS_HANDLE,
        CloseData: PVOID,
        Size: UINT,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it when the miniport finished VC deactivation.
pub type CM_DEACTIVATE_VC_COMPLETE_HANDLER =
    Option<unsafe extern "system" fn(Status: NDIS_STATUS, CallMgrVcContext: NDIS_HANDLE)>;
/// NDIS calls it when a client removes a SAP.
pub type CM_DEREG_SAP_HANDLER = Option<unsafe extern "system" fn(CallMgrSapContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// NDIS calls it when a client drops a multipoint party.
pub type CM_DROP_PARTY_HANDLER =
    Option<unsafe extern "system" fn(CallMgrPartyContext: NDIS_HANDLE, CloseData: PVOID, Size: UINT) -> NDIS_STATUS>;
/// NDIS calls it when the client finished the close-AF notification.
pub type CM_NOTIFY_CLOSE_AF_COMPLETE_HANDLER =
    Option<unsafe extern "system" fn(CallMgrAfContext: NDIS_HANDLE, Status: NDIS_STATUS)>;
/// NDIS calls it to allocate state for a new virtual connection.
pub type W_CO_CREATE_VC_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportAdapterContext: NDIS_HANDLE,
        NdisVcHandle: NDIS_HANDLE,
        MiniportVcContext: PNDIS_HANDLE,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it to stop traffic on a VC.
pub type W_CO_DEACTIVATE_VC_HANDLER = Option<unsafe extern "system" fn(MiniportVcContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// NDIS calls it to free virtual-connection state.
pub type W_CO_DELETE_VC_HANDLER = Option<unsafe extern "system" fn(MiniportVcContext: NDIS_HANDLE) -> NDIS_STATUS>;
/// NDIS calls it for OIDs aimed at an adapter or a VC.
pub type W_CO_OID_REQUEST_HANDLER = Option<
    unsafe extern "system" fn(
        MiniportAdapterContext: NDIS_HANDLE,
        MiniportVcContext: NDIS_HANDLE,
        NdisRequest: PNDIS_OID_REQUEST,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it to transmit lists on a VC.
pub type W_CO_SEND_NET_BUFFER_LISTS_HANDLER = Option<
    unsafe extern "system" fn(MiniportVcContext: NDIS_HANDLE, NetBufferLists: PNET_BUFFER_LIST, SendFlags: ULONG),
>;
