//! PacketDirect: the statistics counters a provider makes for its clients.

use super::base::*;

opaque! {
    /// What an [`NDIS_PD_PROVIDER_HANDLE`] points to.
    NDIS_PD_PROVIDER_HANDLE__, NDIS_PD_PROVIDER_HANDLE;
    /// What an [`NDIS_PD_COUNTER_HANDLE`] points to.
    NDIS_PD_COUNTER_HANDLE__, NDIS_PD_COUNTER_HANDLE;
}

/// What a counter counts.
pub type NDIS_PD_COUNTER_TYPE = i32;
/// Not stated.
pub const PDCounterTypeUnknown: NDIS_PD_COUNTER_TYPE = 0;
/// Traffic of receive queues.
pub const PDCounterTypeReceiveQueue: NDIS_PD_COUNTER_TYPE = 1;
/// Traffic of transmit queues.
pub const PDCounterTypeTransmitQueue: NDIS_PD_COUNTER_TYPE = 2;
/// What receive filters matched.
pub const PDCounterTypeReceiveFilter: NDIS_PD_COUNTER_TYPE = 3;
/// One past the last kind.
pub const PDCounterTypeMax: NDIS_PD_COUNTER_TYPE = 4;

/// Which counter a client wants.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_PD_COUNTER_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_DEFAULT`].
    pub Header: NDIS_OBJECT_HEADER,
    /// Kept for NDIS.
    pub Flags: ULONG,
    /// The counter's name, for tools that show it.
    pub CounterName: PCWSTR,
    /// What the counter counts.
    pub Type: NDIS_PD_COUNTER_TYPE,
}

/// First revision of [`NDIS_PD_COUNTER_PARAMETERS`].
pub const NDIS_PD_COUNTER_PARAMETERS_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_PD_COUNTER_PARAMETERS_REVISION_1: USHORT = size_through!(NDIS_PD_COUNTER_PARAMETERS, Type);

/// The PacketDirect client calls it to make a statistics counter.
pub type NDIS_PD_ALLOCATE_COUNTER_HANDLER = Option<
    unsafe extern "system" fn(
        ProviderHandle: NDIS_PD_PROVIDER_HANDLE,
        CounterParameters: *const NDIS_PD_COUNTER_PARAMETERS,
        CounterHandle: *mut NDIS_PD_COUNTER_HANDLE,
    ) -> NTSTATUS,
>;
/// The PacketDirect client calls it to destroy a counter.
pub type NDIS_PD_FREE_COUNTER_HANDLER = Option<unsafe extern "system" fn(CounterHandle: NDIS_PD_COUNTER_HANDLE)>;
