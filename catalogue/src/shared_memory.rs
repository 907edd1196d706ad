//! Shared memory provider: the pair of callbacks behind NdisAllocateSharedMemory and NdisFreeSharedMemory.

/// Hands the shared memory provider callbacks to the macro named `$view`.
#[macro_export]
macro_rules! shared_memory {
    ($view:ident) => {
        $view! { shared_memory:

        /// NDIS calls it inside a consumer driver's NdisAllocateSharedMemory.
        ALLOCATE_SHARED_MEMORY_HANDLER = "NetAllocateSharedMemory" {
            typedef ALLOCATE_SHARED_MEMORY_HANDLER
            (
                ProviderContext: NDIS_HANDLE = Lent<SharedMemoryProvider>,
                SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS = View as SharedMemoryRequest,
                pSharedMemoryProviderContext: PNDIS_HANDLE = MadeOut,
            ) -> NDIS_STATUS
            since 6.20
            registered [NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS.AllocateSharedMemoryHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Made<SharedMemoryBlock>
            statuses closed [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_INVALID_PARAMETER, NDIS_STATUS_FAILURE]
            refused Return(NDIS_STATUS_INVALID_PARAMETER)
            failed Return(NDIS_STATUS_FAILURE)
            panicked Return(NDIS_STATUS_FAILURE)
            poisoned Return(NDIS_STATUS_FAILURE)
        }

        /// NDIS calls it inside a consumer driver's NdisFreeSharedMemory, once per block that was allocated.
        FREE_SHARED_MEMORY_HANDLER = "NetFreeSharedMemory" {
            typedef FREE_SHARED_MEMORY_HANDLER
            (
                ProviderContext: NDIS_HANDLE = Lent<SharedMemoryProvider>,
                SharedMemoryProviderContext: NDIS_HANDLE = GivenBack<SharedMemoryBlock>,
            ) -> VOID
            since 6.20
            registered [NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS.FreeSharedMemoryHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Nothing
            statuses none []
            refused Return(())
            failed Return(())
            panicked Return(())
            poisoned Run
        }

        }
    };
}
