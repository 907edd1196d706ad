//! Registration of a driver's handlers: what every table has in common.

use core::marker::PhantomData;

/// Stands in a builder's type for a required handler of `K` that was given.
#[derive(Debug)]
pub enum Given {}

/// Stands in a builder's type for a required handler of `K` that is still missing.
#[derive(Debug)]
pub struct Missing<K>(PhantomData<K>);

/// A required handler was given.
#[diagnostic::on_unimplemented(
    message = "a required handler was not given: `{Self}`",
    label = "this registration lacks a handler that NDIS requires",
    note = "give it with the builder's method of that name, such as `.free::<your_function>()`"
)]
pub trait IsGiven {}

impl IsGiven for Given {}
