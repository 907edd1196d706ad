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
    let _table = (set_options::entry as usize, uninstall::entry as usize);
    let _table = (allocate_counter::entry as usize, free_counter::entry as usize);
}
