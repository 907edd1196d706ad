//! A shared memory provider and its consumer, on the desk.
//!
//! - [`driver`] is the driver: a protocol driver that lends pages of a [`pool`] to network adapters. It is what a
//!   driver author writes, without a line of `unsafe`.
//! - [`consumer`] is a VMQ network miniport, written in C, that asks for the memory through the C pointers.
//! - [`trace`] is what the consumer does, and [`play`] plays it against the simulated NDIS and keeps the account.

pub mod consumer;
pub mod driver;
pub mod play;
pub mod pool;
pub mod trace;
