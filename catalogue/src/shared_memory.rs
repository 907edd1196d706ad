//! Shared memory provider: the pair of callbacks behind NdisAllocateSharedMemory and NdisFreeSharedMemory.

callbacks! { ($) shared_memory:

/// NDIS calls it inside a consumer driver's NdisAllocateSharedMemory.
#[docs("NetAllocateSharedMemory"), since 6.20, irql PASSIVE_LEVEL]
#[table(NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS.AllocateSharedMemoryHandler)]
NDIS_STATUS ALLOCATE_SHARED_MEMORY_HANDLER(
    lent(SharedMemoryProvider)  ProviderContext: NDIS_HANDLE,
    view(SharedMemoryRequest)   SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    makes(SharedMemoryBlock)    pSharedMemoryProviderContext: PNDIS_HANDLE,
)
    returns made
    only [NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_INVALID_PARAMETER, NDIS_STATUS_FAILURE]
    bad argument => NDIS_STATUS_INVALID_PARAMETER, otherwise => NDIS_STATUS_FAILURE;

/// NDIS calls it inside a consumer driver's NdisFreeSharedMemory, once per block that was allocated.
#[docs("NetFreeSharedMemory"), since 6.20, irql PASSIVE_LEVEL]
#[table(NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS.FreeSharedMemoryHandler)]
VOID FREE_SHARED_MEMORY_HANDLER(
    lent(SharedMemoryProvider)     ProviderContext: NDIS_HANDLE,
    given_back(SharedMemoryBlock)  SharedMemoryProviderContext: NDIS_HANDLE,
)
    poisoned => run;

}
