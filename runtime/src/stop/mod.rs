//! When it goes wrong: who is told, where a panic ends, and how the machine stops.

pub mod bugcheck;
pub(crate) mod panic;
#[cfg(any(doc, ndis_image))]
pub(crate) mod print;
pub(crate) mod report;
