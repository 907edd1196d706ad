#![deny(warnings)]

use ndis::prelude::*;
use ndis::{PdCounterParameters, ProtocolDriverHandle};

struct Driver;

struct Provider;

struct Counter;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_handle: ProtocolDriverHandle<'_>, _driver: &Driver) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(PROTOCOL_UNINSTALL)]
fn uninstall() {}

#[ndis_callback(NDIS_PD_ALLOCATE_COUNTER)]
fn allocate_counter(_provider: &Provider, _wanted: PdCounterParameters<'_>) -> Result<Handle<Counter>, AllocError> {
    Ok(Handle::new(Counter)?)
}

#[ndis_callback(NDIS_PD_FREE_COUNTER)]
fn free_counter(counter: Handle<Counter>) {
    drop(counter);
}

fn main() {
    let _ = (set_options::entry, uninstall::entry);
    let _ = (allocate_counter::entry, free_counter::entry);
}
