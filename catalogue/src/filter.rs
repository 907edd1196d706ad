//! Filter drivers: a filter module's life on an adapter's stack, and what passes through it.

callbacks! { ($) filter:

/// NDIS calls it to create a filter module, possibly before NdisFRegisterFilterDriver has returned.
#[docs("FilterAttach"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(FILTER_ATTACH_HANDLER)]
#[table(NDIS_FILTER_DRIVER_CHARACTERISTICS.AttachHandler)]
NDIS_STATUS FILTER_ATTACH(
    part(AttachParameters)  NdisFilterHandle: NDIS_HANDLE,
    lent_opt(FilterDriver)  FilterDriverContext: NDIS_HANDLE,
    view(FilterAttach)      AttachParameters: PNDIS_FILTER_ATTACH_PARAMETERS,
)
    returns attached(FilterModule)
    among [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_FAILURE]
    otherwise => NDIS_STATUS_FAILURE;

/// NDIS calls it to tear down a paused filter module.
#[docs("FilterDetach"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(FILTER_DETACH_HANDLER)]
#[table(NDIS_FILTER_DRIVER_CHARACTERISTICS.DetachHandler)]
VOID FILTER_DETACH(
    retired(FilterModule)  FilterModuleContext: NDIS_HANDLE,
)
    poisoned => run, otherwise => fatal;

/// NDIS calls it to stop the data flow through a running filter module; the callback cannot fail.
#[docs("FilterPause"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(FILTER_PAUSE_HANDLER)]
#[table(NDIS_FILTER_DRIVER_CHARACTERISTICS.PauseHandler)]
NDIS_STATUS FILTER_PAUSE(
    lent(FilterModule)      FilterModuleContext: NDIS_HANDLE,
    operation(FilterPause)  PauseParameters: PNDIS_FILTER_PAUSE_PARAMETERS,
)
    returns completed
    owes NdisFPauseComplete(handle)
    only [NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING]
    poisoned => run, otherwise => fatal;

/// NDIS calls it with the lists that a driver above sends.
#[docs("FilterSendNetBufferLists"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(FILTER_SEND_NET_BUFFER_LISTS_HANDLER)]
#[table(
    NDIS_FILTER_PARTIAL_CHARACTERISTICS.SendNetBufferListsHandler,
    NDIS_FILTER_DRIVER_CHARACTERISTICS.SendNetBufferListsHandler,
)]
VOID FILTER_SEND_NET_BUFFER_LISTS(
    lent(FilterModule)   FilterModuleContext: NDIS_HANDLE,
    owned(FilterSend)    NetBufferList: PNET_BUFFER_LIST,
    part(NetBufferList)  PortNumber: NDIS_PORT_NUMBER,
    part(NetBufferList)  SendFlags: ULONG,
)
    owes NdisFSendNetBufferListsComplete(handle, chain, flags);

/// NDIS calls it with lists that a driver below has received.
#[docs("FilterReceiveNetBufferLists"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER)]
#[table(
    NDIS_FILTER_PARTIAL_CHARACTERISTICS.ReceiveNetBufferListsHandler,
    NDIS_FILTER_DRIVER_CHARACTERISTICS.ReceiveNetBufferListsHandler,
)]
VOID FILTER_RECEIVE_NET_BUFFER_LISTS(
    lent(FilterModule)       FilterModuleContext: NDIS_HANDLE,
    received(FilterReceive)  NetBufferLists: PNET_BUFFER_LIST,
    part(NetBufferLists)     PortNumber: NDIS_PORT_NUMBER,
    part(NetBufferLists)     NumberOfNetBufferLists: ULONG,
    part(NetBufferLists)     ReceiveFlags: ULONG,
)
    owes NdisFReturnNetBufferLists(handle, chain, flags);

/// NDIS calls it with a request that a driver above makes, one at a time.
#[docs("FilterOidRequest"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(FILTER_OID_REQUEST_HANDLER)]
#[table(NDIS_FILTER_DRIVER_CHARACTERISTICS.OidRequestHandler)]
NDIS_STATUS FILTER_OID_REQUEST(
    lent(FilterModule)           FilterModuleContext: NDIS_HANDLE,
    operation(FilterOidRequest)  OidRequest: PNDIS_OID_REQUEST,
)
    returns answered
    owes NdisFOidRequestComplete(handle, OidRequest, status)
    among [
        NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_INVALID_OID, NDIS_STATUS_NOT_SUPPORTED,
        NDIS_STATUS_BUFFER_TOO_SHORT, NDIS_STATUS_INVALID_LENGTH, NDIS_STATUS_INVALID_DATA, NDIS_STATUS_NOT_ACCEPTED,
        NDIS_STATUS_RESOURCES, NDIS_STATUS_FAILURE,
    ]
    otherwise => NDIS_STATUS_FAILURE;

/// NDIS calls it with a status that a driver below indicates.
#[docs("FilterStatus"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(FILTER_STATUS_HANDLER)]
#[table(NDIS_FILTER_DRIVER_CHARACTERISTICS.StatusHandler)]
#[judgement("what it can run beside")]
VOID FILTER_STATUS(
    lent(FilterModule)      FilterModuleContext: NDIS_HANDLE,
    view(StatusIndication)  StatusIndication: PNDIS_STATUS_INDICATION,
)
    returns passed
    settles NdisFIndicateStatus(handle, StatusIndication);

/// NDIS calls it when a request that the filter passed down was completed, possibly before NdisFOidRequest has returned.
#[docs("FilterOidRequestComplete"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(FILTER_OID_REQUEST_COMPLETE_HANDLER)]
#[table(NDIS_FILTER_DRIVER_CHARACTERISTICS.OidRequestCompleteHandler)]
VOID FILTER_OID_REQUEST_COMPLETE(
    lent(FilterModule)        FilterModuleContext: NDIS_HANDLE,
    comes_back(ForwardedOid)  OidRequest: PNDIS_OID_REQUEST,
    part(OidRequest)          Status: NDIS_STATUS,
)
    owes NdisFOidRequestComplete(handle, original, status);

}
