//! The NDIS functions that drivers call.

pub(crate) mod dma;
pub(crate) mod drivers;
pub(crate) mod filter;
pub(crate) mod miniport;
pub(crate) mod optional_handlers;
pub(crate) mod shared_memory;
