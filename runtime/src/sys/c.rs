//! The C types in the callbacks' prototypes, family by family: what the code that `#[ndis_callback]` writes names.
//!
//! They are those of [`sys`](crate::sys). But the compiler reads all names of a module as soon as one path goes through
//! it, and `sys` has more with every family; these modules have only what their own callbacks need: 4.6 % instead of 13 % for
//! a crate with one callback, when the catalogue has 167.

macro_rules! families {
    ($($family:ident: $($name:ident),*;)*) => {$(
        pub mod $family {
            pub use crate::sys::{
                BOOLEAN, NDIS_HANDLE, NDIS_PORT_NUMBER, NDIS_STATUS, NTSTATUS, PBOOLEAN, PNDIS_HANDLE, PULONG, PVOID, ULONG, VOID,
            };
            #[allow(unused_imports)] // a family may need no more
            pub use crate::sys::{$($name),*};
        }
    )*};
}

families! {
    shared_memory: PNDIS_SHARED_MEMORY_PARAMETERS;
    set_options: ;
    miniport: NDIS_HALT_ACTION, NDIS_SHUTDOWN_ACTION, PNDIS_MINIPORT_INIT_PARAMETERS, PNDIS_MINIPORT_PAUSE_PARAMETERS,
        PNDIS_OID_REQUEST, PNET_BUFFER_LIST;
    filter: PNDIS_FILTER_ATTACH_PARAMETERS, PNDIS_FILTER_PAUSE_PARAMETERS, PNDIS_OID_REQUEST,
        PNDIS_STATUS_INDICATION, PNET_BUFFER_LIST;
    protocol: PNDIS_BIND_PARAMETERS, PNET_PNP_EVENT_NOTIFICATION;
    condis: ;
    timer: ;
    pd: NDIS_PD_COUNTER_HANDLE, NDIS_PD_COUNTER_PARAMETERS, NDIS_PD_PROVIDER_HANDLE;
}
