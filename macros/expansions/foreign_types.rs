#![deny(warnings)]
use ndis::prelude::*;
/// Bindings in the style of bindgen: their own structures, and pointers that are `extern "C"`.
#[allow(non_camel_case_types, non_snake_case, dead_code)]
mod bindings {
    pub type NDIS_HANDLE = *mut core::ffi::c_void;
    pub type PNDIS_HANDLE = *mut NDIS_HANDLE;
    pub type NDIS_STATUS = i32;
    #[repr(C)]
    pub struct NDIS_OBJECT_HEADER {
        pub Type: u8,
        pub Revision: u8,
        pub Size: u16,
    }
    #[repr(C)]
    pub struct NDIS_SHARED_MEMORY_PARAMETERS {
        pub Header: NDIS_OBJECT_HEADER,
        pub Flags: u32,
        pub QueueId: u32,
        pub SharedMemoryHandle: NDIS_HANDLE,
        pub PreferredNode: u32,
        pub Usage: i32,
        pub Length: u32,
        pub VirtualAddress: *mut core::ffi::c_void,
        pub SGListBufferLength: u32,
        pub SGListBuffer: *mut core::ffi::c_void,
        pub VPortId: u32,
    }
    pub type PNDIS_SHARED_MEMORY_PARAMETERS = *mut NDIS_SHARED_MEMORY_PARAMETERS;
    pub type ALLOCATE_SHARED_MEMORY_HANDLER = Option<
        unsafe extern "C" fn(
            NDIS_HANDLE,
            PNDIS_SHARED_MEMORY_PARAMETERS,
            PNDIS_HANDLE,
        ) -> NDIS_STATUS,
    >;
}
struct Pool;
struct Block;
fn allocate(
    _pool: &Pool,
    _request: SharedMemoryRequest<'_>,
) -> Result<Handle<Block>, AllocError> {
    Ok(Handle::new(Block)?)
}
#[allow(non_camel_case_types)]
/// The C entry point of [`allocate()`], a `ALLOCATE_SHARED_MEMORY_HANDLER`.
enum allocate {}
impl allocate {
    /** `NDIS_STATUS ALLOCATE_SHARED_MEMORY_HANDLER(NDIS_HANDLE ProviderContext, PNDIS_SHARED_MEMORY_PARAMETERS SharedMemoryParameters, PNDIS_HANDLE pSharedMemoryProviderContext)`

 NDIS calls it inside a consumer driver's NdisAllocateSharedMemory. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.20.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_INVALID_PARAMETER, NDIS_STATUS_FAILURE.

 # Safety

 For NDIS to call, as above; `ProviderContext` is one of the type that the function takes.*/
    unsafe extern "C" fn entry(
        provider_context: crate::bindings::NDIS_HANDLE,
        shared_memory_parameters: crate::bindings::PNDIS_SHARED_MEMORY_PARAMETERS,
        shared_memory_provider_context: crate::bindings::PNDIS_HANDLE,
    ) -> crate::bindings::NDIS_STATUS {
        unsafe {
            ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER::call((
                    provider_context.cast(),
                    shared_memory_parameters.cast(),
                    shared_memory_provider_context.cast(),
                ))
                .enter2(
                    allocate,
                    <&Pool as ::ndis::__private::Argument<
                        ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER,
                        0,
                    >>::receive,
                    <SharedMemoryRequest<
                        '_,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER,
                        1,
                    >>::receive,
                    <Result<
                        Handle<Block>,
                        AllocError,
                    > as ::ndis::__private::Outcome<
                        ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER,
                    >>::finish,
                ) as crate::bindings::NDIS_STATUS
        }
    }
}
impl allocate {
    #[allow(dead_code)]
    const TYPE: crate::bindings::ALLOCATE_SHARED_MEMORY_HANDLER = ::core::option::Option::Some {
        0: Self::entry,
    };
}
const _: () = {
    #[allow(unused_imports)]
    use ::ndis::__private::NoVerdict as _;
    ::ndis::__private::check_statuses(
        ::ndis::__private::Verdict::<
            ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER,
            Result<Handle<Block>, AllocError>,
        >::WRONG,
    )
};
const _: () = {
    ::ndis::__private::assert_layout!(
        NDIS_SHARED_MEMORY_PARAMETERS, crate ::bindings::NDIS_SHARED_MEMORY_PARAMETERS
    );
};
#[cfg(target_arch = "x86")]
::core::compile_error!(
    "NDIS callbacks are `__stdcall` on x86: `abi = \"C\"` would unbalance the stack. Use `abi = \"stdcall\"` there"
);
fn main() {
    let table: bindings::ALLOCATE_SHARED_MEMORY_HANDLER = Some(allocate::entry);
    assert!(table.is_some());
}
