//! CoNDIS: address families and virtual connections of clients and call managers.

callbacks! { ($) condis:

/// NDIS calls it when a client closes an address family of a call manager.
#[docs("ProtocolCmCloseAf"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(CM_CLOSE_AF_HANDLER)]
#[table(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS.CmCloseAfHandler)]
#[judgement("the context ends with success, or with the completion")]
NDIS_STATUS PROTOCOL_CM_CLOSE_AF(
    ended(AddressFamily)  CallMgrAfContext: NDIS_HANDLE,
)
    takes operation(CmCloseAf)
    returns completed
    owes NdisCmCloseAddressFamilyComplete(status, handle)
    only [NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING]
    poisoned => run, otherwise => fatal;

/// NDIS calls it so that the other side of a virtual connection can prepare for it.
#[docs("ProtocolCoCreateVc"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(CO_CREATE_VC_HANDLER)]
#[table(NDIS_CO_CLIENT_OPTIONAL_HANDLERS.ClCreateVcHandler, NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS.CmCreateVcHandler)]
NDIS_STATUS PROTOCOL_CO_CREATE_VC(
    lent(AddressFamily)       ProtocolAfContext: NDIS_HANDLE,
    handle(VcHandle)          NdisVcHandle: NDIS_HANDLE,
    makes(VirtualConnection)  ProtocolVcContext: PNDIS_HANDLE,
)
    returns made
    among [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES]
    poisoned => NDIS_STATUS_FAILURE, otherwise => NDIS_STATUS_RESOURCES;

/// NDIS calls it so that the other side of a virtual connection can free what it has for it; on failure it keeps it.
#[docs("ProtocolCoDeleteVc"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(CO_DELETE_VC_HANDLER)]
#[table(NDIS_CO_CLIENT_OPTIONAL_HANDLERS.ClDeleteVcHandler, NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS.CmDeleteVcHandler)]
NDIS_STATUS PROTOCOL_CO_DELETE_VC(
    ended(VirtualConnection)  ProtocolVcContext: NDIS_HANDLE,
)
    among [NDIS_STATUS_SUCCESS, NDIS_STATUS_NOT_ACCEPTED]
    otherwise => NDIS_STATUS_NOT_ACCEPTED;

}
