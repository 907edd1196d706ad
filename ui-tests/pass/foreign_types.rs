//! Entries written in the types of other bindings: their own structures, `extern "C"` and `extern "system"` pointers.
#![deny(warnings)]
#![allow(dead_code)]

use ndis::prelude::*;

/// Bindings as bindgen makes them.
#[allow(non_camel_case_types, non_snake_case, clippy::upper_case_acronyms)]
mod bindings {
    pub type PVOID = *mut core::ffi::c_void;
    pub type NDIS_HANDLE = PVOID;
    pub type PNDIS_HANDLE = *mut PVOID;
    pub type NDIS_STATUS = i32;
    pub type BOOLEAN = u8;
    pub type NDIS_HALT_ACTION = i32;

    pub type MINIPORT_CHECK_FOR_HANG_HANDLER = Option<unsafe extern "C" fn(NDIS_HANDLE) -> BOOLEAN>;
    pub type FREE_SHARED_MEMORY_HANDLER = Option<unsafe extern "C" fn(NDIS_HANDLE, NDIS_HANDLE)>;
    pub type MINIPORT_HALT_HANDLER = Option<unsafe extern "system" fn(NDIS_HANDLE, NDIS_HALT_ACTION)>;
}

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG, types = bindings, abi = "C")]
fn hangs(_adapter: &Adapter) -> bool {
    true
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, types = crate::bindings, abi = "C")]
fn free(_adapter: &Adapter, block: Handle<u32>) {
    drop(block);
}

#[ndis_callback(MINIPORT_HALT, types = self::bindings)]
fn halt(_adapter: &Adapter, _action: ndis::HaltAction) {}

fn main() {
    let pointer: bindings::MINIPORT_CHECK_FOR_HANG_HANDLER = Some(hangs::entry);
    let adapter = Context::new(Adapter).unwrap();
    // SAFETY: this is the entry's context.
    assert_eq!(unsafe { pointer.unwrap()(adapter.as_raw()) }, 1);
}
