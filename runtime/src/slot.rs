//! The slots: where NDIS keeps a driver's contexts and handles. Handlers agree when they name the same type for a slot.

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $( $(#[$doc])* #[derive(Debug)] pub enum $name {} )*
    };
}

slots! {
    /// The `ProviderContext` of a shared memory provider.
    SharedMemoryProvider,
    /// A block that a shared memory provider allocated.
    SharedMemoryBlock,
    /// The context of a protocol driver.
    ProtocolDriver,
    /// The context of a miniport driver.
    MiniportDriver,
    /// The context of a miniport adapter.
    Adapter,
    /// The context of a registered interrupt.
    Interrupt,
    /// The context of a filter driver.
    FilterDriver,
    /// The context of a filter module.
    FilterModule,
    /// A PacketDirect provider handle.
    PdProvider,
    /// A PacketDirect counter.
    PdCounter,
}
