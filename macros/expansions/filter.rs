#![deny(warnings)]
use ndis::prelude::*;
use ndis::{FilterAttachParameters, FilterModuleHandle, FilterPause};
struct Driver;
struct Module;
fn attach(
    _handle: FilterModuleHandle<'_>,
    _driver: Option<&Driver>,
    _parameters: FilterAttachParameters<'_>,
) -> Result<Context<Module>, AllocError> {
    Ok(Context::new(Module)?)
}
#[allow(non_camel_case_types)]
/// The C entry point of [`attach()`], a `FILTER_ATTACH`.
enum attach {}
#[allow(elided_lifetimes_in_paths)]
impl attach {
    /// `NDIS_STATUS FILTER_ATTACH(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext, PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)`
    ///
    /// NDIS calls it to create a filter module, possibly before NdisFRegisterFilterDriver has returned. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    /// Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_FAILURE.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `FilterDriverContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        ndis_filter_handle: ::ndis::c::filter::NDIS_HANDLE,
        filter_driver_context: ::ndis::c::filter::NDIS_HANDLE,
        attach_parameters: ::ndis::c::filter::PNDIS_FILTER_ATTACH_PARAMETERS,
    ) -> ::ndis::c::filter::NDIS_STATUS {
        unsafe {
            ::ndis::callback::FILTER_ATTACH::call((
                    ndis_filter_handle,
                    filter_driver_context,
                    attach_parameters,
                ))
                .enter3(
                    attach,
                    <FilterModuleHandle as ::ndis::View<_, 0>>::receive,
                    <Option<&Driver> as ::ndis::NullableLent>::receive::<_, 1>,
                    <FilterAttachParameters as ::ndis::View<_, 2>>::receive,
                    <Result<
                        Context<Module>,
                        AllocError,
                    > as ::ndis::outcome::Attached>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<
    ::ndis::callback::FILTER_ATTACH,
    (Driver, <Result<Context<Module>, AllocError> as ::ndis::outcome::Owner>::Value),
> for attach {
    const ENTRY: ::ndis::c::filter::FILTER_ATTACH_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn pause(_module: &Module, pause: FilterPause<'_>) -> Answered {
    pause.done()
}
#[allow(non_camel_case_types)]
/// The C entry point of [`pause()`], a `FILTER_PAUSE`.
enum pause {}
#[allow(elided_lifetimes_in_paths)]
impl pause {
    /// `NDIS_STATUS FILTER_PAUSE(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)`
    ///
    /// NDIS calls it to stop the data flow through a running filter module; the callback cannot fail. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    /// Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `FilterModuleContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        filter_module_context: ::ndis::c::filter::NDIS_HANDLE,
        pause_parameters: ::ndis::c::filter::PNDIS_FILTER_PAUSE_PARAMETERS,
    ) -> ::ndis::c::filter::NDIS_STATUS {
        unsafe {
            ::ndis::callback::FILTER_PAUSE::call((
                    filter_module_context,
                    pause_parameters,
                ))
                .enter2(
                    pause,
                    <&Module as ::ndis::Lent>::receive::<_, 0>,
                    <FilterPause as ::ndis::View<_, 1>>::receive,
                    <Answered as ::ndis::outcome::Completed>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::FILTER_PAUSE, (Module,)> for pause {
    const ENTRY: ::ndis::c::filter::FILTER_PAUSE_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn detach(_module: &Module) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`detach()`], a `FILTER_DETACH`.
enum detach {}
#[allow(elided_lifetimes_in_paths)]
impl detach {
    /// `VOID FILTER_DETACH(NDIS_HANDLE FilterModuleContext)`
    ///
    /// NDIS calls it to tear down a paused filter module. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `FilterModuleContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        filter_module_context: ::ndis::c::filter::NDIS_HANDLE,
    ) {
        unsafe {
            ::ndis::callback::FILTER_DETACH::call((filter_module_context,))
                .enter1(
                    detach,
                    <&Module as ::ndis::Retired>::receive::<_, 0>,
                    <() as ::ndis::outcome::Nothing>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::FILTER_DETACH, (Module,)> for detach {
    const ENTRY: ::ndis::c::filter::FILTER_DETACH_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn main() {
    let _ = (attach::entry, pause::entry, detach::entry);
}
