//! Set options: where a driver registers its optional handlers, inside its own registration.

callbacks! { ($) set_options:

/// NDIS calls it inside NdisRegisterProtocolDriver, before that call has returned.
#[docs("ProtocolSetOptions"), since 6.0, irql PASSIVE_LEVEL]
#[pointer(SET_OPTIONS_HANDLER)]
#[table(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS.SetOptionsHandler)]
NDIS_STATUS PROTOCOL_SET_OPTIONS(
    handle(ProtocolDriverHandle)  NdisDriverHandle: NDIS_HANDLE,
    lent_opt(ProtocolDriver)      DriverContext: NDIS_HANDLE,
)
    among [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES]
    bad argument => NDIS_STATUS_INVALID_PARAMETER, otherwise => NDIS_STATUS_FAILURE;

/// NDIS calls it inside NdisMRegisterMiniportDriver, before that call has returned.
#[docs("MiniportSetOptions"), since 6.0, irql PASSIVE_LEVEL]
#[shares(SET_OPTIONS_HANDLER)]
#[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.SetOptionsHandler)]
NDIS_STATUS MINIPORT_SET_OPTIONS(
    handle(MiniportDriverHandle)  NdisDriverHandle: NDIS_HANDLE,
    lent_opt(MiniportDriver)      DriverContext: NDIS_HANDLE,
)
    among [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES]
    bad argument => NDIS_STATUS_INVALID_PARAMETER, otherwise => NDIS_STATUS_FAILURE;

}
