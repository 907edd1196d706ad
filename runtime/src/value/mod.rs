//! What crosses to NDIS and back.

pub(crate) mod block;
pub(crate) mod context;
pub(crate) mod error;
pub(crate) mod handle;
