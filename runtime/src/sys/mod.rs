//! The C side: types, constants, function pointer types and functions under their ndis.h names.
//!
//! Organised in families, as ndis.h's readers think of it; everything is also here without its family. Function
//! pointers are `Option<unsafe extern "system" fn(..) -> ..>`, whose `None` is C's `NULL`.
//!
//! Layouts are asserted at compile time, see [`layout`].
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)]

/// The view: the C pointer types of a family's callbacks.
macro_rules! typedefs {
    ($family:ident:
        $( $(#[$doc:meta])* $name:ident = $function:literal { $($entry:tt)* } )*
    ) => {
        $( typedef! { $(#[$doc])* $name: $($entry)* } )*
    };
}

/// The C pointer type of one callback, unless it shares another's.
macro_rules! typedef {
    ($(#[$doc:meta])* $name:ident: shares $($entry:tt)*) => {};
    ($(#[$doc:meta])* $name:ident: typedef $typedef:ident
        ($($param:ident: $ty:ty = $role:ident $(<$slot:ident>)? $(as $rust:ident)?,)*) -> $ret:ident
        $($facts:tt)*
    ) => {
        #[doc = concat!("C pointer to a `", stringify!($name), "` callback.\n")]
        $(#[$doc])*
        pub type $typedef = Option<unsafe extern "system" fn($($param: $ty),*) -> $ret>;
    };
}

pub mod base;
pub mod filter;
mod foreign;
pub mod functions;
pub mod layout;
pub mod miniport;
pub mod nbl;
pub mod oid;
pub mod pd;
pub mod protocol;
pub mod set_options;
pub mod shared_memory;
pub mod status;

pub use base::*;
pub use filter::*;
pub use functions::*;
pub use miniport::*;
pub use nbl::*;
pub use oid::*;
pub use pd::*;
pub use protocol::*;
pub use set_options::*;
pub use shared_memory::*;
pub use status::*;

/// `TRUE` of wdm.h.
pub const TRUE: BOOLEAN = 1;
/// `FALSE` of wdm.h.
pub const FALSE: BOOLEAN = 0;
