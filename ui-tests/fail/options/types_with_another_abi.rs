use ndis::prelude::*;

#[allow(non_camel_case_types)]
mod bindings {
    pub type NDIS_HANDLE = *mut core::ffi::c_void;
    pub type FREE_SHARED_MEMORY_HANDLER = Option<unsafe extern "C" fn(NDIS_HANDLE, NDIS_HANDLE)>;
}

struct Pool;
struct Block;

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, types = bindings)]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

fn main() {}
