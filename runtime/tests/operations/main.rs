//! What a function answers, passes on, ends and takes as C does: the forms that are no single callback's own.
#![cfg(feature = "std")]

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod endings;
mod passed;
mod raw;

use common::{at, kinds, ndis_handle};
use ndis::irql::Irql;
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, ContextValue};

/// NDIS's own handle of every object here.
const OBJECT: usize = 0x0B1;

/// What a function reports that returns at another level.
const IRQL_CHANGED: BreachKind = BreachKind::IrqlChanged { entry: Irql::PASSIVE, exit: Irql::APC };

/// A context that NDIS knows.
fn known<T: ContextValue>(value: T) -> Context<T> {
    let context = Context::new(value).unwrap_or_else(|_| panic!("no memory"));
    // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
    unsafe { context.set_ndis_handle(ndis_handle(OBJECT)) };
    context
}

/// Makes a call at PASSIVE_LEVEL; gives back the status and what was reported.
fn call(entry: impl FnOnce() -> NDIS_STATUS) -> (NdisStatus, Vec<BreachKind>) {
    let (status, breaches) = kinds(|| at(0, entry));
    (NdisStatus::from_raw(status), breaches)
}
