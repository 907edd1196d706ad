//! What the facts do not say, in this one place, each with its reason.

/// The context that a binding or an event is about is in these types.
pub(super) const HOLDS_OBJECT: &[&str] = &["BindRequest", "ProtocolEvent"];

/// What the driver keeps in a handle of this family is not just an object: the request for it asks for memory.
pub(super) const BLOCKS: &[&str] = &["shared_memory_block"];

/// Only this request is filled with what was made.
pub(super) const FILLED: &[(&str, &str)] =
    &[("ALLOCATE_SHARED_MEMORY_HANDLER", "value.fill(&made, |made| &made.memory).unwrap();")];

/// The facts have these passed on. But a cancel that goes no further costs time and no debt: what it is about completes all
/// the same, so it is the driver that passes it on.
pub(super) const PASSED_BY_THE_DRIVER: &[&str] =
    &["FILTER_CANCEL_SEND_NET_BUFFER_LISTS", "FILTER_CANCEL_OID_REQUEST", "FILTER_CANCEL_DIRECT_OID_REQUEST"];

/// The values that are passed, by their C type; another type's is 5.
pub(super) const VALUES: &[(&str, u32)] = &[
    // NdisHaltDeviceStopped; the numbers below 5 would do as well, but are easily made by chance.
    ("NDIS_HALT_ACTION", 6),
    // NdisShutdownPowerOff: the other one, a bugcheck, switches all checks off.
    ("NDIS_SHUTDOWN_ACTION", 0),
    ("NDIS_PORT_NUMBER", 3),
    // How many lists there are.
    ("ULONG", 3),
    // How a request that comes back was answered.
    ("NDIS_STATUS", 0xC000_009A),
];

/// NDIS calls it at the whole range, but at one level only with the value above.
pub(super) const LEVELS: &[(&str, u8)] = &[("MINIPORT_SHUTDOWN", 0)];

/// Which of several legal answers it is: `ok`, `refused` or `failed`.
pub(super) const ANSWERS: &[(&str, &str, &str)] = &[
    // Any status is legal; a driver that was called wrongly does not lack memory.
    ("PROTOCOL_SET_OPTIONS", "refused", "NDIS_STATUS_INVALID_PARAMETER"),
    ("PROTOCOL_SET_OPTIONS", "failed", "NDIS_STATUS_FAILURE"),
    ("MINIPORT_SET_OPTIONS", "refused", "NDIS_STATUS_INVALID_PARAMETER"),
    ("MINIPORT_SET_OPTIONS", "failed", "NDIS_STATUS_FAILURE"),
    // Opening an adapter is what answers, whether it ends at once or later.
    ("PROTOCOL_BIND_ADAPTER_EX", "ok", "NDIS_STATUS_PENDING"),
];
