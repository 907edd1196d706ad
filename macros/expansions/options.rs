#![deny(warnings)]
use ndis::prelude::*;
struct Pool;
struct Block;
pub(crate) fn allocate(
    _pool: &Pool,
    _request: SharedMemoryRequest<'_>,
) -> Result<Handle<Block>, AllocError> {
    Ok(Handle::new(Block)?)
}
#[allow(non_camel_case_types)]
/// The C entry point of [`allocate()`], a `ALLOCATE_SHARED_MEMORY_HANDLER`.
pub(crate) enum Allocate {}
impl Allocate {
    /** `NDIS_STATUS ALLOCATE_SHARED_MEMORY_HANDLER(NDIS_HANDLE ProviderContext, PNDIS_SHARED_MEMORY_PARAMETERS SharedMemoryParameters, PNDIS_HANDLE pSharedMemoryProviderContext)`

 NDIS calls it inside a consumer driver's NdisAllocateSharedMemory. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.20.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_INVALID_PARAMETER, NDIS_STATUS_FAILURE.

 # Safety

 For NDIS to call, as above; `ProviderContext` is one of the type that the function takes.*/
    #[unsafe(export_name = "PoolAllocateSharedMemory")]
    pub(crate) unsafe extern "system" fn entry(
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
                .with(
                    ::ndis::__private::Policy::CATALOGUE
                        .irql(::ndis::__private::IrqlCheck::Debug)
                        .on_panic(::ndis::__private::OnPanic::Fatal),
                )
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
> for Allocate {
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
fn main() {
    let _ = Allocate::entry;
}
