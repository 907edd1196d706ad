//! The C types in the callbacks' prototypes, and the pointer types made of them, family by family: what the code that
//! `#[ndis_callback]` writes names.
//!
//! They are those of [`sys`](crate::sys). But the compiler reads all names of a module as soon as one path goes through
//! it, and `sys` has more with every family; these modules have only what their own callbacks need.

/// The view: re-exports the pointer types of a family's callbacks, and fails to compile if a type is missing beside them.
macro_rules! pointers {
    ($family:ident:
        $( $(#[$doc:meta])* $name:ident = $function:literal {
            $(typedef $typedef:ident)? $(shares $shared:ident)?
            ($($param:ident: $ty:ty = $role:ident $(<$slot:ident>)? $(as $rust:ident)?,)*) -> $ret:ident
            $($facts:tt)*
        } )*
    ) => {
        $( $( pub use crate::sys::$family::$typedef; )? )*
        $(
            const _: $($typedef)? $($shared)? = None;
            const _: Option<fn($($ty),*) -> $ret> = None;
        )*
    };
}

macro_rules! families {
    ($($family:ident: $($name:ident),*;)*) => {$(
        pub mod $family {
            pub use crate::sys::{$($name),*};

            ndis_catalogue::$family! { pointers }
        }
    )*};
}

families! {
    shared_memory: NDIS_HANDLE, NDIS_STATUS, PNDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, VOID;
    set_options: NDIS_HANDLE, NDIS_STATUS;
    miniport: BOOLEAN, NDIS_HALT_ACTION, NDIS_HANDLE, NDIS_PORT_NUMBER, NDIS_SHUTDOWN_ACTION, NDIS_STATUS, PBOOLEAN,
        PNDIS_OID_REQUEST, PNET_BUFFER_LIST, PULONG, PVOID, ULONG, VOID;
    filter: NDIS_HANDLE, NDIS_STATUS, PNDIS_FILTER_ATTACH_PARAMETERS, PNDIS_FILTER_PAUSE_PARAMETERS, VOID;
    protocol: VOID;
    pd: NDIS_PD_COUNTER_HANDLE, NDIS_PD_COUNTER_PARAMETERS, NDIS_PD_PROVIDER_HANDLE, NTSTATUS, VOID;
}
