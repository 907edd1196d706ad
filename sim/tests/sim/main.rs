//! The simulation, against drivers that are right and drivers that are wrong. Most are written by hand, as C would be.

mod attribute;
mod consumer;
mod faults;
mod filter;
mod machines;
mod miniport;
mod provider;
mod raw;
mod registration;
