//! PacketDirect provider: callbacks that a PacketDirect client makes.

/// Hands the PacketDirect callbacks to the macro named `$view`.
#[macro_export]
macro_rules! pd {
    ($view:ident) => {
        $view! { pd:

        /// The PacketDirect client calls it to make a statistics counter.
        NDIS_PD_ALLOCATE_COUNTER = "NdisPDAllocateCounter" {
            typedef NDIS_PD_ALLOCATE_COUNTER_HANDLER
            (
                ProviderHandle: NDIS_PD_PROVIDER_HANDLE = Lent<PdProvider>,
                CounterParameters: *const NDIS_PD_COUNTER_PARAMETERS = View as PdCounterParameters,
                CounterHandle: *mut NDIS_PD_COUNTER_HANDLE = MadeOut,
            ) -> NTSTATUS
            since 6.50
            registered [NDIS_PD_PROVIDER_DISPATCH.NdisPDAllocateCounter]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Made<PdCounter>
            statuses open [STATUS_SUCCESS, STATUS_INSUFFICIENT_RESOURCES]
            refused Return(STATUS_INSUFFICIENT_RESOURCES)
            failed Return(STATUS_INSUFFICIENT_RESOURCES)
            panicked Return(STATUS_INSUFFICIENT_RESOURCES)
            poisoned Return(STATUS_INSUFFICIENT_RESOURCES)
        }

        /// The PacketDirect client calls it to destroy a counter.
        NDIS_PD_FREE_COUNTER = "NdisPDFreeCounter" {
            typedef NDIS_PD_FREE_COUNTER_HANDLER
            (
                CounterHandle: NDIS_PD_COUNTER_HANDLE = GivenBack<PdCounter>,
            ) -> VOID
            since 6.50
            registered [NDIS_PD_PROVIDER_DISPATCH.NdisPDFreeCounter]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Nothing
            statuses none []
            refused Return(())
            failed Return(())
            panicked Return(())
            poisoned Return(())
        }

        }
    };
}
