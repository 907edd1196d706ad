//! What `generate-bindings.ps1` makes of ndis.h, in excerpts: with a WDK this file is the generated one.
//!
//! As in wdk-sys: structures of their own, `extern "C"` pointers, enumerations as modules, `core::ffi::c_void`.
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, missing_docs, clippy::upper_case_acronyms)]

pub type PVOID = *mut ::core::ffi::c_void;
pub type UCHAR = ::core::ffi::c_uchar;
pub type USHORT = ::core::ffi::c_ushort;
pub type ULONG = ::core::ffi::c_ulong;
pub type WCHAR = USHORT;
pub type NTSTATUS = ::core::ffi::c_long;
pub type NDIS_HANDLE = PVOID;
pub type PNDIS_HANDLE = *mut PVOID;
pub type NDIS_STATUS = ::core::ffi::c_int;

#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _UNICODE_STRING {
    pub Length: USHORT,
    pub MaximumLength: USHORT,
    pub Buffer: *mut WCHAR,
}
pub type NDIS_STRING = _UNICODE_STRING;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _NDIS_OBJECT_HEADER {
    pub Type: UCHAR,
    pub Revision: UCHAR,
    pub Size: USHORT,
}
pub type NDIS_OBJECT_HEADER = _NDIS_OBJECT_HEADER;
pub mod _NDIS_SHARED_MEMORY_USAGE {
    pub type Type = ::core::ffi::c_int;
    pub const NdisSharedMemoryUsageReceive: Type = 4;
}
pub use self::_NDIS_SHARED_MEMORY_USAGE::Type as NDIS_SHARED_MEMORY_USAGE;
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
pub type ALLOCATE_SHARED_MEMORY_HANDLER = ::core::option::Option<
    unsafe extern "C" fn(
        ProviderContext: NDIS_HANDLE,
        SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS,
        pSharedMemoryProviderContext: PNDIS_HANDLE,
    ) -> NDIS_STATUS,
>;
pub type FREE_SHARED_MEMORY_HANDLER = ::core::option::Option<
    unsafe extern "C" fn(ProviderContext: NDIS_HANDLE, SharedMemoryProviderContext: NDIS_HANDLE),
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
    pub Header: NDIS_OBJECT_HEADER,
    pub Flags: ULONG,
    pub ProviderContext: NDIS_HANDLE,
    pub AllocateSharedMemoryHandler: ALLOCATE_SHARED_MEMORY_HANDLER,
    pub FreeSharedMemoryHandler: FREE_SHARED_MEMORY_HANDLER,
}
pub type NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS = _NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS;
pub type SET_OPTIONS_HANDLER = ::core::option::Option<
    unsafe extern "C" fn(NdisDriverHandle: NDIS_HANDLE, DriverContext: NDIS_HANDLE) -> NDIS_STATUS,
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
    pub Header: NDIS_OBJECT_HEADER,
    pub MajorNdisVersion: UCHAR,
    pub MinorNdisVersion: UCHAR,
    pub MajorDriverVersion: UCHAR,
    pub MinorDriverVersion: UCHAR,
    pub Flags: ULONG,
    pub Name: NDIS_STRING,
    pub SetOptionsHandler: SET_OPTIONS_HANDLER,
    /// The handlers of bindings, each a pointer of its own type in the generated file.
    pub Handlers: [PVOID; 11],
}
pub type NDIS_PROTOCOL_DRIVER_CHARACTERISTICS = _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS;
pub type PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS = *mut _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS;

// The generated file has no `link`: with a WDK, wdk-build names ndis.lib.
#[link(name = "ndis.sys", kind = "raw-dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    pub fn NdisRegisterProtocolDriver(
        ProtocolDriverContext: NDIS_HANDLE,
        ProtocolCharacteristics: PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
        NdisProtocolHandle: PNDIS_HANDLE,
    ) -> NDIS_STATUS;
    pub fn NdisDeregisterProtocolDriver(NdisProtocolHandle: NDIS_HANDLE);
    pub fn NdisSetOptionalHandlers(NdisHandle: NDIS_HANDLE, OptionalHandlers: PVOID) -> NDIS_STATUS;
}
