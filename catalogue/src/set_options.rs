//! Set options: where a driver registers its optional handlers, inside its own registration.

/// Hands the set options callbacks to the macro named `$view`.
#[macro_export]
macro_rules! set_options {
    ($view:ident) => {
        $view! { set_options:

        /// NDIS calls it inside NdisRegisterProtocolDriver, before that call has returned.
        PROTOCOL_SET_OPTIONS = "ProtocolSetOptions" {
            typedef SET_OPTIONS_HANDLER
            (
                NdisDriverHandle: NDIS_HANDLE = NdisHandle as ProtocolDriverHandle,
                DriverContext: NDIS_HANDLE = NullableLent<ProtocolDriver>,
            ) -> NDIS_STATUS
            since 6.0
            registered [NDIS_PROTOCOL_DRIVER_CHARACTERISTICS.SetOptionsHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Status
            statuses open [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES]
            refused Return(NDIS_STATUS_INVALID_PARAMETER)
            failed Return(NDIS_STATUS_FAILURE)
            panicked Return(NDIS_STATUS_FAILURE)
            poisoned Return(NDIS_STATUS_FAILURE)
        }

        /// NDIS calls it inside NdisMRegisterMiniportDriver, before that call has returned.
        MINIPORT_SET_OPTIONS = "MiniportSetOptions" {
            shares SET_OPTIONS_HANDLER
            (
                NdisDriverHandle: NDIS_HANDLE = NdisHandle as MiniportDriverHandle,
                DriverContext: NDIS_HANDLE = NullableLent<MiniportDriver>,
            ) -> NDIS_STATUS
            since 6.0
            registered [NDIS_MINIPORT_DRIVER_CHARACTERISTICS.SetOptionsHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Status
            statuses open [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES]
            refused Return(NDIS_STATUS_INVALID_PARAMETER)
            failed Return(NDIS_STATUS_FAILURE)
            panicked Return(NDIS_STATUS_FAILURE)
            poisoned Return(NDIS_STATUS_FAILURE)
        }

        }
    };
}
