//! Every callback of the catalogue, in its plainest form.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(dead_code)]

use ndis::prelude::*;
use ndis::{
    CancelId, FilterAttachParameters, FilterModuleHandle, FilterPause, HaltAction, Interrupt, MiniportDriverHandle,
    OidRequest, PdCounterParameters, PortNumber, ProtocolDriverHandle, SendChain, SendFlags, ShutdownAction,
};

struct Thing;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_provider: &Thing, _request: SharedMemoryRequest<'_>) -> Result<Handle<Thing>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_provider: &Thing, _block: Handle<Thing>) {}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn protocol_set_options(_driver: ProtocolDriverHandle<'_>, _context: Option<&Thing>) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(MINIPORT_SET_OPTIONS)]
fn miniport_set_options(_driver: MiniportDriverHandle<'_>, _context: &Thing) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(PROTOCOL_UNINSTALL)]
fn uninstall() {}

#[ndis_callback(MINIPORT_CANCEL_SEND)]
fn cancel_send(_adapter: &Thing, _cancel_id: CancelId) {}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn check_for_hang(_adapter: &Thing) -> bool {
    false
}

#[ndis_callback(MINIPORT_HALT)]
fn halt(_adapter: &Thing, _action: HaltAction) {}

#[ndis_callback(MINIPORT_ISR)]
fn isr(_interrupt: &Thing) -> Interrupt {
    Interrupt::NotMine
}

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Thing, request: OidRequest<'_>) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_adapter: &Thing, chain: SendChain, _port: PortNumber, _flags: SendFlags) {
    drop(chain);
}

#[ndis_callback(MINIPORT_SHUTDOWN)]
fn shutdown(_adapter: &Thing, _action: ShutdownAction) {}

#[ndis_callback(FILTER_ATTACH)]
fn attach(
    _module: FilterModuleHandle<'_>,
    _driver: Option<&Thing>,
    _parameters: FilterAttachParameters<'_>,
) -> Result<Context<Thing>, NdisStatus> {
    Err(NdisStatus::RESOURCES)
}

#[ndis_callback(FILTER_DETACH)]
fn detach(_module: &Thing) {}

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Thing, pause: FilterPause<'_>) -> Answered {
    pause.done()
}

#[ndis_callback(NDIS_PD_ALLOCATE_COUNTER)]
fn allocate_counter(_provider: &Thing, _parameters: PdCounterParameters<'_>) -> Result<Handle<Thing>, NdisStatus> {
    Err(NdisStatus::RESOURCES)
}

#[ndis_callback(NDIS_PD_FREE_COUNTER)]
fn free_counter(_counter: Handle<Thing>) {}

fn main() {}
