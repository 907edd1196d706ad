use ndis::prelude::*;

#[allow(non_camel_case_types, non_snake_case)]
mod bindings {
    pub type NDIS_HANDLE = *mut core::ffi::c_void;
    pub type PNDIS_HANDLE = *mut NDIS_HANDLE;
    pub type NDIS_STATUS = i32;
    pub type NDIS_SHARED_MEMORY_USAGE = i32;

    #[repr(C)]
    pub struct NDIS_OBJECT_HEADER {
        pub Type: u8,
        pub Revision: u8,
        pub Size: u16,
    }

    #[repr(C)]
    pub struct NDIS_SHARED_MEMORY_PARAMETERS {
        pub Header: NDIS_OBJECT_HEADER,
        pub Flags: u64,
        pub QueueId: u32,
        pub SharedMemoryHandle: NDIS_HANDLE,
        pub PreferredNode: u32,
        pub Usage: NDIS_SHARED_MEMORY_USAGE,
        pub Length: u32,
        pub VirtualAddress: *mut core::ffi::c_void,
        pub SGListBufferLength: u32,
        pub SGListBuffer: *mut core::ffi::c_void,
        pub VPortId: u32,
    }

    pub type PNDIS_SHARED_MEMORY_PARAMETERS = *mut NDIS_SHARED_MEMORY_PARAMETERS;
    pub type ALLOCATE_SHARED_MEMORY_HANDLER =
        Option<unsafe extern "system" fn(NDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, PNDIS_HANDLE) -> NDIS_STATUS>;
}

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, types = bindings)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
