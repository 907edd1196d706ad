//! What a machine knows: a table for each kind of object, and what the test asked for. Knows no machine.

pub(crate) mod adapters;
pub(crate) mod allocations;
pub(crate) mod carried;
pub(crate) mod drivers;
pub(crate) mod faults;
pub(crate) mod handle;
pub(crate) mod lists;
pub(crate) mod modules;
pub(crate) mod providers;
pub(crate) mod requests;
pub(crate) mod state;
pub(crate) mod table;
pub(crate) mod watches;
