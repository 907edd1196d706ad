//! Filter drivers: a filter module's life on an adapter's stack.

/// Hands the filter callbacks to the macro named `$view`.
#[macro_export]
macro_rules! filter {
    ($view:ident) => {
        $view! { filter:

        /// NDIS calls it to create a filter module, possibly before NdisFRegisterFilterDriver has returned.
        FILTER_ATTACH = "FilterAttach" {
            typedef FILTER_ATTACH_HANDLER
            (
                NdisFilterHandle: NDIS_HANDLE = NdisHandle as FilterModuleHandle,
                FilterDriverContext: NDIS_HANDLE = NullableLent<FilterDriver>,
                AttachParameters: PNDIS_FILTER_ATTACH_PARAMETERS = View as FilterAttachParameters,
            ) -> NDIS_STATUS
            since 6.0
            registered [NDIS_FILTER_DRIVER_CHARACTERISTICS.AttachHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Attached<FilterModule>
            statuses open [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_FAILURE]
            refused Return(NDIS_STATUS_FAILURE)
            failed Return(NDIS_STATUS_FAILURE)
            panicked Return(NDIS_STATUS_FAILURE)
            poisoned Return(NDIS_STATUS_FAILURE)
        }

        /// NDIS calls it to tear down a paused filter module.
        FILTER_DETACH = "FilterDetach" {
            typedef FILTER_DETACH_HANDLER
            (
                FilterModuleContext: NDIS_HANDLE = Retired<FilterModule>,
            ) -> VOID
            since 6.0
            registered [NDIS_FILTER_DRIVER_CHARACTERISTICS.DetachHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Nothing
            statuses none []
            refused Fatal
            failed Fatal
            panicked Fatal
            poisoned Run
        }

        /// NDIS calls it to stop the data flow through a running filter module; the callback cannot fail.
        FILTER_PAUSE = "FilterPause" {
            typedef FILTER_PAUSE_HANDLER
            (
                FilterModuleContext: NDIS_HANDLE = Lent<FilterModule>,
                PauseParameters: PNDIS_FILTER_PAUSE_PARAMETERS = Operation as FilterPause,
            ) -> NDIS_STATUS
            since 6.0
            registered [NDIS_FILTER_DRIVER_CHARACTERISTICS.PauseHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Completed
            statuses closed [NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING]
            refused Fatal
            failed Fatal
            panicked Fatal
            poisoned Run
        }

        }
    };
}
