//! The desk: what a test holds.

pub(crate) mod adapter;
pub(crate) mod consumer;
pub(crate) mod faults;
pub(crate) mod filter;
pub(crate) mod machine;
pub(crate) mod miniport;
pub(crate) mod pages;
