#![deny(warnings)]

use ndis::prelude::*;

struct Driver;

struct Binding;

struct Family;

struct Provider;

struct Counter;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_driver: &Driver, _handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(PROTOCOL_NET_PNP_EVENT)]
fn net_pnp_event(event: ProtocolEvent<'_, Binding>) -> Answered {
    match event {
        ProtocolEvent::Binding(_binding, event) => event.done(),
        ProtocolEvent::Driver(event) => event.done(),
    }
}

#[ndis_callback(PROTOCOL_CM_CLOSE_AF)]
fn close_address_family(_family: &Family, close: CmCloseAf<'_>) -> Answered {
    close.done()
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
    let _ = (set_options::entry, net_pnp_event::entry, close_address_family::entry, uninstall::entry);
    let _ = (allocate_counter::entry, free_counter::entry);
}
