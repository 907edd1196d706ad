//! The one table of NDIS callbacks.
//!
//! What the [`ndis`](https://docs.rs/ndis) crates know about a callback stands once, in the family file of this
//! crate that holds its entry. The attribute, the C typedefs, the markers, the documentation and the tests are views
//! of it: a view is a `macro_rules!` macro to which a family hands all its entries at once.
//!
//! ```
//! macro_rules! names {
//!     ($family:ident: $( $(#[$doc:meta])* $name:ident = $function:literal { $($facts:tt)* } )*) => {
//!         const NAMES: &[&str] = &[$(stringify!($name)),*];
//!     };
//! }
//! ndis_catalogue::shared_memory! { names }
//! assert_eq!(NAMES, ["ALLOCATE_SHARED_MEMORY_HANDLER", "FREE_SHARED_MEMORY_HANDLER"]);
//! ```
//!
//! # An entry
//!
//! ```text
//! /// When NDIS calls it.
//! NAME = "NameInTheDocumentation" {
//!     typedef POINTER_TYPE_IN_NDIS_H            or: shares POINTER_TYPE (an alias of another entry)
//!     (Parameter: C_TYPE = Role, ...) -> C_TYPE
//!     since 6.20                                first NDIS version that has it
//!     registered [TABLE.Field]                  where its pointer goes
//!     irql PASSIVE_LEVEL..=DISPATCH_LEVEL       where NDIS may call it
//!     returns Outcome                           what the safe function returns, see below
//!     statuses closed [NDIS_STATUS_SUCCESS]     closed | open | none, and the documented ones
//!     refused  Return(NDIS_STATUS_...)          what NDIS gets for a bad argument
//!     failed   Return(NDIS_STATUS_...)          ... when called at a wrong IRQL, or when the result cannot be delivered
//!     panicked Return(NDIS_STATUS_...)          ... after a contained panic
//!     poisoned Return(NDIS_STATUS_...)          ... when an earlier panic poisoned the context
//! }
//! ```
//!
//! The last four are `Return(value)`, `Fatal` (no answer is legal: the machine stops) or `Run` (the function is called
//! all the same).
//!
//! | role of a parameter | what it is for the driver |
//! |---|---|
//! | `Lent<Slot>`, `NullableLent<Slot>` | the driver's context in that slot, shared for the call: `&T` |
//! | `GivenBack<Slot>` | the driver's context comes back at entry, by value: `Handle<T>` |
//! | `Retired<Slot>` | shared for the call, dropped by the runtime after the function returned: `&T` |
//! | `MadeOut` | where the runtime writes the handle that the function made |
//! | `View as Type` | a structure NDIS owns, seen through `Type<'_>` |
//! | `Operation as Type` | a request that is answered now or later, `Type<'_>` |
//! | `Owned as Type` | something the driver owns from here on, `Type` |
//! | `NdisHandle as Type` | a handle of NDIS's own, `Type<'_>` |
//! | `Value as Type` | a plain value |
//! | `IrqlFlags as Type` | flags or an action that also say at which IRQL NDIS calls |
//! | `Out` | an out value written from the function's result |
//!
//! | outcome | what the function returns |
//! |---|---|
//! | `Nothing` | `()` |
//! | `Boolean` | `bool` |
//! | `Interrupt` | `Interrupt` |
//! | `Status` | `Result<(), E>` |
//! | `Made<Slot>` | `Result<Handle<T>, E>` |
//! | `Attached<Slot>` | `Result<Context<T>, E>` |
//! | `Answered` | `Result<Answered, E>` |
//! | `Completed` | `Answered` (the callback cannot fail) |
#![no_std]

mod filter;
mod miniport;
mod pd;
mod protocol;
mod set_options;
mod shared_memory;

/// Hands every family, one after the other, to the macro named `$view`.
#[macro_export]
macro_rules! for_each_callback {
    ($view:ident) => {
        $crate::shared_memory! { $view }
        $crate::set_options! { $view }
        $crate::miniport! { $view }
        $crate::filter! { $view }
        $crate::protocol! { $view }
        $crate::pd! { $view }
    };
}

/// Hands the names of all families to the macro named `$view`.
#[macro_export]
macro_rules! for_each_family {
    ($view:ident) => {
        $view! { shared_memory set_options miniport filter protocol pd }
    };
}

/// Hands the names of the callback types that NDIS implements, which a driver calls, to the macro named `$view`.
#[macro_export]
macro_rules! implemented_by_ndis {
    ($view:ident) => {
        $view! {
            NDIS_SWITCH_ADD_NET_BUFFER_LIST_DESTINATION
            NDIS_SWITCH_ALLOCATE_NET_BUFFER_LIST_FORWARDING_CONTEXT
            NDIS_SWITCH_COPY_NET_BUFFER_LIST_INFO
            NDIS_SWITCH_DEREFERENCE_SWITCH_NIC
            NDIS_SWITCH_DEREFERENCE_SWITCH_PORT
            NDIS_SWITCH_FREE_NET_BUFFER_LIST_FORWARDING_CONTEXT
            NDIS_SWITCH_GET_NET_BUFFER_LIST_DESTINATIONS
            NDIS_SWITCH_GET_NET_BUFFER_LIST_SWITCH_CONTEXT
            NDIS_SWITCH_GROW_NET_BUFFER_LIST_DESTINATIONS
            NDIS_SWITCH_REFERENCE_SWITCH_NIC
            NDIS_SWITCH_REFERENCE_SWITCH_PORT
            NDIS_SWITCH_REPORT_FILTERED_NET_BUFFER_LISTS
            NDIS_SWITCH_SET_NET_BUFFER_LIST_SOURCE
            NDIS_SWITCH_SET_NET_BUFFER_LIST_SWITCH_CONTEXT
            NDIS_SWITCH_UPDATE_NET_BUFFER_LIST_DESTINATIONS
            NDIS_TCP_OFFLOAD_DISCONNECT_COMPLETE
            NDIS_TCP_OFFLOAD_EVENT_INDICATE
            NDIS_TCP_OFFLOAD_FORWARD_COMPLETE
            NDIS_TCP_OFFLOAD_RECEIVE_COMPLETE
            NDIS_TCP_OFFLOAD_RECEIVE_INDICATE
            NDIS_TCP_OFFLOAD_SEND_COMPLETE
        }
    };
}
