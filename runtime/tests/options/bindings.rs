//! What a binding generator makes of ndis.h: structures of its own, `extern "C"` pointers, enumerations as integers,
//! and the function types of ndis.h as nullable pointers.
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, dead_code, clippy::upper_case_acronyms)]

use std::ffi::c_void;
use std::os::raw::{c_int, c_uchar, c_uint, c_ushort};
use std::ptr::null_mut;

pub type VOID = c_void;
pub type PVOID = *mut c_void;
pub type UCHAR = c_uchar;
pub type USHORT = c_ushort;
// As on Windows, the only place where these bindings are for.
pub type ULONG = c_uint;
pub type NTSTATUS = c_int;
pub type NDIS_HANDLE = PVOID;
pub type PNDIS_HANDLE = *mut PVOID;
pub type NDIS_STATUS = c_int;

#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _NDIS_OBJECT_HEADER {
    pub Type: UCHAR,
    pub Revision: UCHAR,
    pub Size: USHORT,
}
pub type NDIS_OBJECT_HEADER = _NDIS_OBJECT_HEADER;

pub const _NDIS_SHARED_MEMORY_USAGE_NdisSharedMemoryUsageReceive: _NDIS_SHARED_MEMORY_USAGE = 4;
pub type _NDIS_SHARED_MEMORY_USAGE = c_int;
pub use self::_NDIS_SHARED_MEMORY_USAGE as NDIS_SHARED_MEMORY_USAGE;

#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _SCATTER_GATHER_LIST {
    _unused: [u8; 0],
}
pub type PSCATTER_GATHER_LIST = *mut _SCATTER_GATHER_LIST;

#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _NDIS_SHARED_MEMORY_PARAMETERS {
    pub Header: NDIS_OBJECT_HEADER,
    pub Flags: ULONG,
    pub QueueId: ULONG,
    pub SharedMemoryHandle: NDIS_HANDLE,
    pub PreferredNode: ULONG,
    pub Usage: NDIS_SHARED_MEMORY_USAGE,
    pub Length: ULONG,
    pub VirtualAddress: PVOID,
    pub SGListBufferLength: ULONG,
    pub SGListBuffer: PSCATTER_GATHER_LIST,
    pub VPortId: ULONG,
}
pub type NDIS_SHARED_MEMORY_PARAMETERS = _NDIS_SHARED_MEMORY_PARAMETERS;
pub type PNDIS_SHARED_MEMORY_PARAMETERS = *mut _NDIS_SHARED_MEMORY_PARAMETERS;

pub type ALLOCATE_SHARED_MEMORY_HANDLER = Option<
    unsafe extern "C" fn(
        ProviderContext: NDIS_HANDLE,
        SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS,
        pSharedMemoryProviderContext: PNDIS_HANDLE,
    ) -> NDIS_STATUS,
>;
pub type FREE_SHARED_MEMORY_HANDLER =
    Option<unsafe extern "C" fn(ProviderContext: NDIS_HANDLE, SharedMemoryProviderContext: NDIS_HANDLE)>;

/// Without what the tests do not fill.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
    pub AllocateSharedMemoryHandler: ALLOCATE_SHARED_MEMORY_HANDLER,
    pub FreeSharedMemoryHandler: FREE_SHARED_MEMORY_HANDLER,
}

pub const _NDIS_HALT_ACTION_NdisHaltDeviceSurpriseRemoved: _NDIS_HALT_ACTION = 3;
pub type _NDIS_HALT_ACTION = c_int;
pub use self::_NDIS_HALT_ACTION as NDIS_HALT_ACTION;

pub type MINIPORT_HALT =
    Option<unsafe extern "C" fn(MiniportAdapterContext: NDIS_HANDLE, HaltAction: NDIS_HALT_ACTION)>;
pub type MINIPORT_HALT_HANDLER = MINIPORT_HALT;

#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _NDIS_FILTER_PAUSE_PARAMETERS {
    pub Header: NDIS_OBJECT_HEADER,
    pub Flags: ULONG,
    pub PauseReason: ULONG,
}
pub type NDIS_FILTER_PAUSE_PARAMETERS = _NDIS_FILTER_PAUSE_PARAMETERS;
pub type PNDIS_FILTER_PAUSE_PARAMETERS = *mut _NDIS_FILTER_PAUSE_PARAMETERS;

pub type FILTER_PAUSE = Option<
    unsafe extern "C" fn(
        FilterModuleContext: NDIS_HANDLE,
        PauseParameters: PNDIS_FILTER_PAUSE_PARAMETERS,
    ) -> NDIS_STATUS,
>;
pub type FILTER_PAUSE_HANDLER = FILTER_PAUSE;

impl _NDIS_SHARED_MEMORY_PARAMETERS {
    /// A request of revision 1, as the tests make it.
    pub fn new(length: ULONG, list: PSCATTER_GATHER_LIST, list_bytes: usize) -> Self {
        Self {
            Header: NDIS_OBJECT_HEADER { Type: 0x80, Revision: 1, Size: 64 },
            Flags: 0,
            QueueId: 0,
            SharedMemoryHandle: null_mut(),
            PreferredNode: 0x8000_0000,
            Usage: _NDIS_SHARED_MEMORY_USAGE_NdisSharedMemoryUsageReceive,
            Length: length,
            VirtualAddress: null_mut(),
            SGListBufferLength: list_bytes as ULONG,
            SGListBuffer: list,
            VPortId: 0,
        }
    }
}

impl _NDIS_FILTER_PAUSE_PARAMETERS {
    /// Parameters as the tests make them.
    pub fn new(reason: ULONG) -> Self {
        Self { Header: NDIS_OBJECT_HEADER { Type: 0x9A, Revision: 1, Size: 12 }, Flags: 0, PauseReason: reason }
    }
}
