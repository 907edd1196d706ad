#![deny(warnings)]
use ndis::prelude::*;
struct Pool;
struct Block;
fn allocate(
    pool: &Pool,
    request: SharedMemoryRequest<'_>,
) -> Result<Handle<Block>, AllocError> {
    let _ = (pool, request.length());
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
    unsafe extern "system" fn entry(
        provider_context: ::ndis::__private::c::shared_memory::NDIS_HANDLE,
        shared_memory_parameters: ::ndis::__private::c::shared_memory::PNDIS_SHARED_MEMORY_PARAMETERS,
        shared_memory_provider_context: ::ndis::__private::c::shared_memory::PNDIS_HANDLE,
    ) -> ::ndis::__private::c::shared_memory::NDIS_STATUS {
        unsafe {
            ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER::call((
                    provider_context,
                    shared_memory_parameters,
                    shared_memory_provider_context,
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
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER,
    (Pool, <Result<Handle<Block>, AllocError> as ::ndis::__private::Kept>::Value),
> for allocate {
    const ENTRY: ::ndis::__private::Pointer<
        ::ndis::callback::ALLOCATE_SHARED_MEMORY_HANDLER,
    > = ::core::option::Option::Some(Self::entry);
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
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}
#[allow(non_camel_case_types)]
/// The C entry point of [`free()`], a `FREE_SHARED_MEMORY_HANDLER`.
enum free {}
impl free {
    /** `VOID FREE_SHARED_MEMORY_HANDLER(NDIS_HANDLE ProviderContext, NDIS_HANDLE SharedMemoryProviderContext)`

 NDIS calls it inside a consumer driver's NdisFreeSharedMemory, once per block that was allocated. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.20.

 # Safety

 For NDIS to call, as above; `ProviderContext`, `SharedMemoryProviderContext` are each one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        provider_context: ::ndis::__private::c::shared_memory::NDIS_HANDLE,
        shared_memory_provider_context: ::ndis::__private::c::shared_memory::NDIS_HANDLE,
    ) {
        unsafe {
            ::ndis::callback::FREE_SHARED_MEMORY_HANDLER::call((
                    provider_context,
                    shared_memory_provider_context,
                ))
                .enter2(
                    free,
                    <&Pool as ::ndis::__private::Argument<
                        ::ndis::callback::FREE_SHARED_MEMORY_HANDLER,
                        0,
                    >>::receive,
                    <Handle<
                        Block,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::FREE_SHARED_MEMORY_HANDLER,
                        1,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::FREE_SHARED_MEMORY_HANDLER,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::FREE_SHARED_MEMORY_HANDLER,
    (Pool, <Handle<Block> as ::ndis::__private::Kept>::Value),
> for free {
    const ENTRY: ::ndis::__private::Pointer<
        ::ndis::callback::FREE_SHARED_MEMORY_HANDLER,
    > = ::core::option::Option::Some(Self::entry);
}
fn main() -> Result<(), AllocError> {
    let provider = ndis::SharedMemoryProvider::new(Context::new(Pool)?)
        .allocate::<allocate>()
        .free::<free>();
    drop(provider);
    Ok(())
}
