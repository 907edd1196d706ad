//! The `NDIS_STATUS_*` constants, made from the table behind [`NdisStatus`](crate::NdisStatus).

pub use crate::contract::status::raw::*;
