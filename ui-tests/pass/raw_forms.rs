//! Every argument and every result may be as C has it.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(dead_code)]

use ndis::prelude::*;
use ndis::registration::Given;
use ndis::{Opaque, SharedMemoryProvider};
use ndis::sys::{
    BOOLEAN, NDIS_HANDLE, NDIS_HALT_ACTION, NDIS_PORT_NUMBER, NDIS_SHARED_MEMORY_PARAMETERS, NDIS_STATUS, PBOOLEAN,
    PNDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, PNDIS_STATUS_INDICATION, PNET_BUFFER_LIST, PULONG, ULONG,
};

struct Pool;
struct Block;
type Status = NDIS_STATUS;
type Yes = BOOLEAN;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn context(_pool: *mut core::ffi::c_void, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn structure(_pool: &Pool, _request: PNDIS_SHARED_MEMORY_PARAMETERS) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn spelled_out(_pool: &Pool, _request: *mut NDIS_SHARED_MEMORY_PARAMETERS) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn result(_pool: &Pool, _request: SharedMemoryRequest<'_>, _out: PNDIS_HANDLE) -> NDIS_STATUS {
    NdisStatus::RESOURCES.as_raw()
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn everything(_pool: NDIS_HANDLE, _request: PNDIS_SHARED_MEMORY_PARAMETERS, _out: PNDIS_HANDLE) -> NDIS_STATUS {
    NdisStatus::RESOURCES.as_raw()
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn handle(_pool: &Pool, _block: NDIS_HANDLE) {}

/// For registration a raw handle is a plain `Handle`.
fn provider(pool: Context<Pool>) -> SharedMemoryProvider<Pool, Opaque, Given, Given> {
    SharedMemoryProvider::new(pool).allocate::<result>().free::<handle>()
}

#[ndis_callback(MINIPORT_HALT)]
fn value(_adapter: &Pool, _action: NDIS_HALT_ACTION) {}

#[ndis_callback(FILTER_SEND_NET_BUFFER_LISTS)]
fn parts(_module: &Pool, _lists: (PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG)) {}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn object_and_parts(_adapter: NDIS_HANDLE, _lists: (PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG)) {}

#[ndis_callback(MINIPORT_ISR)]
fn outs(_device: &Pool, _queue: PBOOLEAN, _targets: PULONG) -> BOOLEAN {
    0
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn status_by_another_name(_driver: &Pool, _handle: ndis::ProtocolDriverHandle<'_>) -> Status {
    0
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn boolean_by_another_name(_adapter: &Pool) -> Yes {
    0
}

/// The function passes on by itself what it took.
#[ndis_callback(FILTER_STATUS)]
fn passes_on_by_itself(_module: &Pool, _indication: PNDIS_STATUS_INDICATION) {}

/// The operation is not raw, and its answer needs no error.
#[ndis_callback(MINIPORT_OID_REQUEST)]
fn answer(_adapter: &Pool, request: MiniportOidRequest<'_>) -> Answered {
    request.done()
}

fn main() {}
