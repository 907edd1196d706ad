//! Timers: what runs when one fires.

callbacks! { ($) timer:

/// NDIS calls it when a timer set with NdisSetTimerObject fires, possibly before that call has returned.
#[docs("NdisTimerFunction"), since 6.0, irql DISPATCH_LEVEL]
#[pointer(PNDIS_TIMER_FUNCTION)]
#[table(NDIS_TIMER_CHARACTERISTICS.TimerFunction, NDIS_MINIPORT_TIMER.MiniportTimerFunction)]
VOID NDIS_TIMER_FUNCTION(
    reserved         SystemSpecific1: PVOID,
    lent_opt(Timer)  FunctionContext: PVOID,
    reserved         SystemSpecific2: PVOID,
    reserved         SystemSpecific3: PVOID,
);

}
