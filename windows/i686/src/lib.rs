//! The entry of every callback of the catalogue, exported as `entry_` and the callback's name.
//!
//! `cargo xtask windows i686` looks at the machine code and links it to C's references, which are written from the
//! catalogue: a callback that has no function here is an unresolved symbol there.
#![no_std]

extern crate alloc;

use alloc::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

use ndis::prelude::*;
use ndis::{
    CancelId, FilterAttachParameters, FilterModuleHandle, FilterPause, HaltAction, Interrupt, MiniportDriverHandle,
    OidRequest, PdCounterParameters, PortNumber, ProtocolDriverHandle, SendChain, SendFlags, ShutdownAction,
};

struct Thing;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, unsafe(export = "entry_ALLOCATE_SHARED_MEMORY_HANDLER"))]
fn allocate(_provider: &Thing, _request: SharedMemoryRequest<'_>) -> Result<Handle<Thing>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, unsafe(export = "entry_FREE_SHARED_MEMORY_HANDLER"))]
fn free(_provider: &Thing, _block: Handle<Thing>) {}

#[ndis_callback(PROTOCOL_SET_OPTIONS, unsafe(export = "entry_PROTOCOL_SET_OPTIONS"))]
fn protocol_set_options(_driver: ProtocolDriverHandle<'_>, _context: Option<&Thing>) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(MINIPORT_SET_OPTIONS, unsafe(export = "entry_MINIPORT_SET_OPTIONS"))]
fn miniport_set_options(_driver: MiniportDriverHandle<'_>, _context: &Thing) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(PROTOCOL_UNINSTALL, unsafe(export = "entry_PROTOCOL_UNINSTALL"))]
fn uninstall() {}

#[ndis_callback(MINIPORT_CANCEL_SEND, unsafe(export = "entry_MINIPORT_CANCEL_SEND"))]
fn cancel_send(_adapter: &Thing, _cancel_id: CancelId) {}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG, unsafe(export = "entry_MINIPORT_CHECK_FOR_HANG"))]
fn check_for_hang(_adapter: &Thing) -> bool {
    false
}

#[ndis_callback(MINIPORT_HALT, unsafe(export = "entry_MINIPORT_HALT"))]
fn halt(_adapter: &Thing, _action: HaltAction) {}

#[ndis_callback(MINIPORT_ISR, unsafe(export = "entry_MINIPORT_ISR"))]
fn isr(_interrupt: &Thing) -> Interrupt {
    Interrupt::NotMine
}

#[ndis_callback(MINIPORT_OID_REQUEST, unsafe(export = "entry_MINIPORT_OID_REQUEST"))]
fn oid_request(_adapter: &Thing, request: OidRequest<'_>) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS, unsafe(export = "entry_MINIPORT_SEND_NET_BUFFER_LISTS"))]
fn send(_adapter: &Thing, chain: SendChain, _port: PortNumber, _flags: SendFlags) {
    drop(chain);
}

#[ndis_callback(MINIPORT_SHUTDOWN, unsafe(export = "entry_MINIPORT_SHUTDOWN"))]
fn shutdown(_adapter: &Thing, _action: ShutdownAction) {}

#[ndis_callback(FILTER_ATTACH, unsafe(export = "entry_FILTER_ATTACH"))]
fn attach(
    _module: FilterModuleHandle<'_>,
    _driver: Option<&Thing>,
    _parameters: FilterAttachParameters<'_>,
) -> Result<Context<Thing>, NdisStatus> {
    Err(NdisStatus::RESOURCES)
}

#[ndis_callback(FILTER_DETACH, unsafe(export = "entry_FILTER_DETACH"))]
fn detach(_module: &Thing) {}

#[ndis_callback(FILTER_PAUSE, unsafe(export = "entry_FILTER_PAUSE"))]
fn pause(_module: &Thing, pause: FilterPause<'_>) -> Answered {
    pause.done()
}

#[ndis_callback(NDIS_PD_ALLOCATE_COUNTER, unsafe(export = "entry_NDIS_PD_ALLOCATE_COUNTER"))]
fn allocate_counter(_provider: &Thing, _parameters: PdCounterParameters<'_>) -> Result<Handle<Thing>, NdisStatus> {
    Err(NdisStatus::RESOURCES)
}

#[ndis_callback(NDIS_PD_FREE_COUNTER, unsafe(export = "entry_NDIS_PD_FREE_COUNTER"))]
fn free_counter(_counter: Handle<Thing>) {}

/// An allocator that has nothing: this code is not run.
struct Nothing;

// SAFETY: no memory is ever given.
unsafe impl GlobalAlloc for Nothing {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static NOTHING: Nothing = Nothing;

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
