//! Protocol drivers: a binding's life.

callbacks! { ($) protocol:

/// NDIS calls it to have the protocol bind to an adapter, possibly before NdisRegisterProtocolDriver has returned.
#[docs("ProtocolBindAdapterEx"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(BIND_HANDLER_EX)]
#[table(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS.BindAdapterHandlerEx)]
NDIS_STATUS PROTOCOL_BIND_ADAPTER_EX(
    lent_opt(ProtocolDriver)  ProtocolDriverContext: NDIS_HANDLE,
    part(BindParameters)      BindContext: NDIS_HANDLE,
    binds(BindRequest)        BindParameters: PNDIS_BIND_PARAMETERS,
)
    returns answered
    owes NdisCompleteBindAdapterEx(BindContext, status)
    among [NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_RESOURCES]
    otherwise => NDIS_STATUS_FAILURE;

/// NDIS calls it when closing a binding, which was pending, has ended.
#[docs("ProtocolCloseAdapterCompleteEx"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(CLOSE_ADAPTER_COMPLETE_HANDLER_EX)]
#[table(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS.CloseAdapterCompleteHandlerEx)]
VOID PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX(
    retired(Binding)  ProtocolBindingContext: NDIS_HANDLE,
)
    poisoned => run, otherwise => fatal;

/// NDIS calls it with a plug-and-play event, of a binding or of the driver.
#[docs("ProtocolNetPnPEvent"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(NET_PNP_EVENT_HANDLER)]
#[table(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS.NetPnPEventHandler)]
#[judgement("failing is legal for some events only; which one it is, is not looked at")]
NDIS_STATUS PROTOCOL_NET_PNP_EVENT(
    event(ProtocolEvent)          ProtocolBindingContext: NDIS_HANDLE,
    part(ProtocolBindingContext)  NetPnPEventNotification: PNET_PNP_EVENT_NOTIFICATION,
)
    returns answered
    owes NdisCompleteNetPnPEvent(handle, NetPnPEventNotification, status)
    among [
        NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_RESOURCES, NDIS_STATUS_NOT_SUPPORTED, NDIS_STATUS_FAILURE,
    ]
    otherwise => NDIS_STATUS_FAILURE;

/// NDIS calls it when the protocol is being uninstalled, possibly during its registration.
#[docs("ProtocolUninstall"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(UNINSTALL_PROTOCOL_HANDLER)]
#[table(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS.UninstallHandler)]
#[judgement("what it can run beside")]
VOID PROTOCOL_UNINSTALL()
    poisoned => run;

}
