//! What the runtime's tests share: stand-ins for NDIS's functions that record their calls, a recorder of breaches,
//! values whose drops are counted, memory with guard bytes, and a way to look at an entry that stops the process.
#![allow(dead_code, unreachable_pub)] // each test binary uses its part

pub mod lists;
pub mod memory;
pub mod ndis_functions;
mod record;

pub use record::*;
