//! The C side: types, constants, function pointer types and functions under their ndis.h names.
//!
//! Organised in families, as ndis.h's readers think of it; everything is also here without its family. Function
//! pointers are `Option<unsafe extern "system" fn(..) -> ..>`, whose `None` is C's `NULL`.
//!
//! Layouts are asserted at compile time, see [`layout`].
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)]

pub mod base;
#[doc(hidden)]
pub mod c;
pub mod condis;
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
pub mod timer;

pub use base::*;
pub use condis::*;
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
pub use timer::*;

/// `TRUE` of wdm.h.
pub const TRUE: BOOLEAN = 1;
/// `FALSE` of wdm.h.
pub const FALSE: BOOLEAN = 0;
