//! Shared memory: a consumer's request, the provider's answer, and all that can be wrong with either.
//!
//! A request is read; a call gives the provider copies of it, which are checked, or the HAL answers; and the block goes
//! out, and comes back.

pub(crate) mod blocks;
pub(crate) mod call;
pub(crate) mod copies;
pub(crate) mod hal;
pub(crate) mod provider;
pub(crate) mod request;
