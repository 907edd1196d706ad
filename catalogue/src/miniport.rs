//! Miniport drivers: an adapter's life, its interrupts, requests and sends.

callbacks! { ($) miniport:

/// NDIS calls it to cancel the queued sends that carry one cancel id.
#[docs("MiniportCancelSend"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(MINIPORT_CANCEL_SEND_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.CancelSendHandler)]
VOID MINIPORT_CANCEL_SEND(
    lent(Adapter)    MiniportAdapterContext: NDIS_HANDLE,
    value(CancelId)  CancelId: PVOID,
);

/// NDIS calls it now and then to ask whether the hardware hangs; TRUE asks for a reset.
#[docs("MiniportCheckForHangEx"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(MINIPORT_CHECK_FOR_HANG_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.CheckForHangHandlerEx)]
BOOLEAN MINIPORT_CHECK_FOR_HANG(
    lent(Adapter)  MiniportAdapterContext: NDIS_HANDLE,
)
    otherwise => FALSE;

/// NDIS calls it to release one adapter; interrupts and timers of the adapter may still run during the call.
#[docs("MiniportHaltEx"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(MINIPORT_HALT_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.HaltHandlerEx)]
VOID MINIPORT_HALT(
    retired(Adapter)   MiniportAdapterContext: NDIS_HANDLE,
    value(HaltAction)  HaltAction: NDIS_HALT_ACTION,
)
    poisoned => run, otherwise => fatal;

/// NDIS calls it to bring up one adapter.
#[docs("MiniportInitializeEx"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(MINIPORT_INITIALIZE_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.InitializeHandlerEx)]
NDIS_STATUS MINIPORT_INITIALIZE(
    part(MiniportInitParameters)  NdisMiniportHandle: NDIS_HANDLE,
    lent_opt(MiniportDriver)      MiniportDriverContext: NDIS_HANDLE,
    view(MiniportInit)            MiniportInitParameters: PNDIS_MINIPORT_INIT_PARAMETERS,
)
    returns initialized(Adapter)
    among [NDIS_STATUS_SUCCESS, NDIS_STATUS_NOT_ACCEPTED, NDIS_STATUS_RESOURCES, NDIS_STATUS_FAILURE]
    otherwise => NDIS_STATUS_FAILURE;

/// NDIS calls it at the device's IRQL when the line interrupt fires, possibly before the interrupt's registration has returned.
#[docs("MiniportInterrupt"), since 6.0, irql DIRQL]
#[pointer(MINIPORT_ISR_HANDLER)]
#[table(NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS.InterruptHandler)]
BOOLEAN MINIPORT_ISR(
    lent(Interrupt)  MiniportInterruptContext: NDIS_HANDLE,
    out              QueueDefaultInterruptDpc: PBOOLEAN,
    out              TargetProcessors: PULONG,
)
    returns interrupt
    panicked => fatal, poisoned => fatal, otherwise => FALSE;

/// NDIS calls it with one object identifier request at a time: a query, a set or a method.
#[docs("MiniportOidRequest"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(MINIPORT_OID_REQUEST_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.OidRequestHandler)]
NDIS_STATUS MINIPORT_OID_REQUEST(
    lent(Adapter)                  MiniportAdapterContext: NDIS_HANDLE,
    operation(MiniportOidRequest)  OidRequest: PNDIS_OID_REQUEST,
)
    returns answered
    owes NdisMOidRequestComplete(handle, OidRequest, status)
    among [
        NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_INVALID_OID, NDIS_STATUS_NOT_SUPPORTED,
        NDIS_STATUS_BUFFER_TOO_SHORT, NDIS_STATUS_INVALID_LENGTH, NDIS_STATUS_INVALID_DATA, NDIS_STATUS_NOT_ACCEPTED,
        NDIS_STATUS_REQUEST_ABORTED, NDIS_STATUS_INDICATION_REQUIRED,
    ]
    otherwise => NDIS_STATUS_NOT_ACCEPTED;

/// NDIS calls it to stop the data flow of an adapter; the callback cannot fail.
#[docs("MiniportPause"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(MINIPORT_PAUSE_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.PauseHandler)]
NDIS_STATUS MINIPORT_PAUSE(
    lent(Adapter)             MiniportAdapterContext: NDIS_HANDLE,
    operation(MiniportPause)  PauseParameters: PNDIS_MINIPORT_PAUSE_PARAMETERS,
)
    returns completed
    owes NdisMPauseComplete(handle)
    only [NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING]
    poisoned => run, otherwise => fatal;

/// NDIS calls it to reset hardware that hangs.
#[docs("MiniportResetEx"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(MINIPORT_RESET_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.ResetHandlerEx)]
#[judgement("which statuses NDIS tells apart, and what it can run beside")]
NDIS_STATUS MINIPORT_RESET(
    lent(Adapter)             MiniportAdapterContext: NDIS_HANDLE,
    operation(MiniportReset)  AddressingReset: PBOOLEAN,
)
    returns answered
    owes NdisMResetComplete(handle, status, boolean)
    among [
        NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_RESET_IN_PROGRESS, NDIS_STATUS_SOFT_ERRORS,
        NDIS_STATUS_HARD_ERRORS,
    ]
    otherwise => NDIS_STATUS_HARD_ERRORS;

/// NDIS calls it to transmit a chain of net buffer lists, which the driver owns until it completes them.
#[docs("MiniportSendNetBufferLists"), since 6.0, irql PASSIVE_LEVEL..=DISPATCH_LEVEL]
#[pointer(MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.SendNetBufferListsHandler)]
VOID MINIPORT_SEND_NET_BUFFER_LISTS(
    lent(Adapter)        MiniportAdapterContext: NDIS_HANDLE,
    owned(MiniportSend)  NetBufferList: PNET_BUFFER_LIST,
    part(NetBufferList)  PortNumber: NDIS_PORT_NUMBER,
    part(NetBufferList)  SendFlags: ULONG,
)
    owes NdisMSendNetBufferListsComplete(handle, chain, flags);

/// NDIS calls it when the system powers off, at PASSIVE_LEVEL; or, for a driver that asked for it, during a bugcheck, at
/// HIGH_LEVEL.
#[docs("MiniportShutdownEx"), since 6.0, irql PASSIVE_LEVEL..=HIGH_LEVEL]
#[pointer(MINIPORT_SHUTDOWN_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.ShutdownHandlerEx)]
VOID MINIPORT_SHUTDOWN(
    lent(Adapter)          MiniportAdapterContext: NDIS_HANDLE,
    level(ShutdownAction)  ShutdownAction: NDIS_SHUTDOWN_ACTION,
);

}
