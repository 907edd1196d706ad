//! Timers: what runs when one fires.

use super::base::*;

/// NDIS calls it when a timer set with NdisSetTimerObject fires, possibly before that call has returned.
pub type PNDIS_TIMER_FUNCTION = Option<
    unsafe extern "system" fn(
        SystemSpecific1: PVOID,
        FunctionContext: PVOID,
        SystemSpecific2: PVOID,
        SystemSpecific3: PVOID,
    ),
>;
