//! What the callbacks of each family see: views, values, operations and registrations.
//!
//! These files name callbacks ([`crate::callback`]), and the callbacks name their types: these imports go up.

pub(crate) mod binding;
pub(crate) mod condis;
pub(crate) mod filter;
pub(crate) mod initialize;
pub(crate) mod miniport;
pub(crate) mod nbl;
pub(crate) mod oid;
pub(crate) mod pd;
pub(crate) mod protocol;
pub mod registration;
pub(crate) mod set_options;
pub(crate) mod shared_memory;
