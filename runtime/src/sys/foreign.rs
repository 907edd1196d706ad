//! Other bindings' structures: entries written in them are entered only if they are laid out as this crate reads them.

/// Asserts that a structure of other bindings has the size and alignment of this crate's of that name, and that every
/// field this crate reads is where it reads it.
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_layout {
    (NDIS_SHARED_MEMORY_PARAMETERS, $foreign:path) => {
        $crate::__assert_layout!(@ NDIS_SHARED_MEMORY_PARAMETERS, $foreign, Header, Flags, QueueId, SharedMemoryHandle,
            PreferredNode, Usage, Length, VirtualAddress, SGListBufferLength, SGListBuffer, VPortId);
    };
    (NDIS_FILTER_ATTACH_PARAMETERS, $foreign:path) => {
        $crate::__assert_layout!(@ NDIS_FILTER_ATTACH_PARAMETERS, $foreign, Header, IfIndex, BaseMiniportIfIndex,
            MacAddressLength, CurrentMacAddress);
    };
    (NDIS_FILTER_PAUSE_PARAMETERS, $foreign:path) => {
        $crate::__assert_layout!(@ NDIS_FILTER_PAUSE_PARAMETERS, $foreign, Header, PauseReason);
    };
    (NDIS_OID_REQUEST, $foreign:path) => {
        $crate::__assert_layout!(@ NDIS_OID_REQUEST, $foreign, Header, RequestType, DATA);
    };
    (NDIS_PD_COUNTER_PARAMETERS, $foreign:path) => {
        $crate::__assert_layout!(@ NDIS_PD_COUNTER_PARAMETERS, $foreign, Header, Type);
    };
    // The fields read of it are in unions, which bindings name as they like.
    (NET_BUFFER_LIST, $foreign:path) => {
        $crate::__assert_layout!(@ NET_BUFFER_LIST, $foreign,);
    };
    (@ $own:ident, $foreign:path, $($field:ident),*) => {
        ::core::assert!(
            ::core::mem::size_of::<$foreign>() == ::core::mem::size_of::<$crate::sys::$own>()
                && ::core::mem::align_of::<$foreign>() == ::core::mem::align_of::<$crate::sys::$own>(),
            ::core::concat!("these bindings lay ", ::core::stringify!($own), " out with another size or alignment")
        );
        $(
            ::core::assert!(
                ::core::mem::offset_of!($foreign, $field) == ::core::mem::offset_of!($crate::sys::$own, $field),
                ::core::concat!("these bindings have ", ::core::stringify!($own), "::", ::core::stringify!($field), " elsewhere")
            );
        )*
    };
}
