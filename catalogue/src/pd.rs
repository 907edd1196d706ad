//! PacketDirect provider: callbacks that a PacketDirect client makes.

callbacks! { ($) pd:

/// The PacketDirect client calls it to make a statistics counter.
#[docs("NdisPDAllocateCounter"), since 6.50, irql PASSIVE_LEVEL]
#[pointer(NDIS_PD_ALLOCATE_COUNTER_HANDLER)]
#[table(NDIS_PD_PROVIDER_DISPATCH.NdisPDAllocateCounter)]
#[judgement("what it can run beside, and which failures the client expects")]
NTSTATUS NDIS_PD_ALLOCATE_COUNTER(
    lent(PdProvider)           ProviderHandle: NDIS_PD_PROVIDER_HANDLE,
    view(PdCounterParameters)  CounterParameters: *const NDIS_PD_COUNTER_PARAMETERS,
    makes(PdCounter)           CounterHandle: *mut NDIS_PD_COUNTER_HANDLE,
)
    returns made
    among [STATUS_SUCCESS, STATUS_INSUFFICIENT_RESOURCES]
    otherwise => STATUS_INSUFFICIENT_RESOURCES;

/// The PacketDirect client calls it to destroy a counter.
#[docs("NdisPDFreeCounter"), since 6.50, irql PASSIVE_LEVEL]
#[pointer(NDIS_PD_FREE_COUNTER_HANDLER)]
#[table(NDIS_PD_PROVIDER_DISPATCH.NdisPDFreeCounter)]
#[judgement("what it can run beside")]
VOID NDIS_PD_FREE_COUNTER(
    given_back(PdCounter)  CounterHandle: NDIS_PD_COUNTER_HANDLE,
);

}
