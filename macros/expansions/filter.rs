#![deny(warnings)]
use ndis::prelude::*;
struct Driver;
struct Module;
fn attach(
    _driver: Option<&Driver>,
    _attach: FilterAttach<'_>,
) -> Result<Context<Module>, AllocError> {
    Ok(Context::new(Module)?)
}
#[allow(non_camel_case_types)]
/// The C entry point of [`attach()`], a `FILTER_ATTACH`.
enum attach {}
impl attach {
    /** `NDIS_STATUS FILTER_ATTACH(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext, PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)`

 NDIS calls it to create a filter module, possibly before NdisFRegisterFilterDriver has returned. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES, NDIS_STATUS_FAILURE.

 # Safety

 For NDIS to call, as above; `FilterDriverContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        ndis_filter_handle: ::ndis::__private::c::filter::NDIS_HANDLE,
        filter_driver_context: ::ndis::__private::c::filter::NDIS_HANDLE,
        attach_parameters: ::ndis::__private::c::filter::PNDIS_FILTER_ATTACH_PARAMETERS,
    ) -> ::ndis::__private::c::filter::NDIS_STATUS {
        unsafe {
            ::ndis::callback::FILTER_ATTACH::call((
                    ndis_filter_handle,
                    filter_driver_context,
                    attach_parameters,
                ))
                .enter2(
                    attach,
                    <Option<
                        &Driver,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::FILTER_ATTACH,
                        1,
                    >>::receive,
                    <FilterAttach<
                        '_,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::FILTER_ATTACH,
                        2,
                    >>::receive,
                    <Result<
                        Context<Module>,
                        AllocError,
                    > as ::ndis::__private::Outcome<
                        ::ndis::callback::FILTER_ATTACH,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::FILTER_ATTACH,
    (
        <::core::option::Option<&'static Driver> as ::ndis::__private::Kept>::Value,
        <Result<Context<Module>, AllocError> as ::ndis::__private::Kept>::Value,
    ),
> for attach {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::FILTER_ATTACH> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn pause(_module: &Module, pause: FilterPause<'_>) -> Answered {
    pause.done()
}
#[allow(non_camel_case_types)]
/// The C entry point of [`pause()`], a `FILTER_PAUSE`.
enum pause {}
impl pause {
    /** `NDIS_STATUS FILTER_PAUSE(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)`

 NDIS calls it to stop the data flow through a running filter module; the callback cannot fail. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING.

 # Safety

 For NDIS to call, as above; `FilterModuleContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        filter_module_context: ::ndis::__private::c::filter::NDIS_HANDLE,
        pause_parameters: ::ndis::__private::c::filter::PNDIS_FILTER_PAUSE_PARAMETERS,
    ) -> ::ndis::__private::c::filter::NDIS_STATUS {
        unsafe {
            ::ndis::callback::FILTER_PAUSE::call((
                    filter_module_context,
                    pause_parameters,
                ))
                .enter2(
                    pause,
                    <&Module as ::ndis::__private::Argument<
                        ::ndis::callback::FILTER_PAUSE,
                        0,
                    >>::receive,
                    <FilterPause<
                        '_,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::FILTER_PAUSE,
                        1,
                    >>::receive,
                    <Answered as ::ndis::__private::Outcome<
                        ::ndis::callback::FILTER_PAUSE,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::FILTER_PAUSE, (Module,)>
for pause {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::FILTER_PAUSE> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn receive(_module: &Module, received: Received<'_, FilterReceive>) {
    drop(received);
}
#[allow(non_camel_case_types)]
/// The C entry point of [`receive()`], a `FILTER_RECEIVE_NET_BUFFER_LISTS`.
enum receive {}
impl receive {
    /** `VOID FILTER_RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)`

 NDIS calls it with lists that a driver below has received. IRQL: PASSIVE_LEVEL to DISPATCH_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `FilterModuleContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        filter_module_context: ::ndis::__private::c::filter::NDIS_HANDLE,
        net_buffer_lists: ::ndis::__private::c::filter::PNET_BUFFER_LIST,
        port_number: ::ndis::__private::c::filter::NDIS_PORT_NUMBER,
        number_of_net_buffer_lists: ::ndis::__private::c::filter::ULONG,
        receive_flags: ::ndis::__private::c::filter::ULONG,
    ) {
        unsafe {
            ::ndis::callback::FILTER_RECEIVE_NET_BUFFER_LISTS::call((
                    filter_module_context,
                    net_buffer_lists,
                    port_number,
                    number_of_net_buffer_lists,
                    receive_flags,
                ))
                .enter2(
                    receive,
                    <&Module as ::ndis::__private::Argument<
                        ::ndis::callback::FILTER_RECEIVE_NET_BUFFER_LISTS,
                        0,
                    >>::receive,
                    <Received<
                        '_,
                        FilterReceive,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::FILTER_RECEIVE_NET_BUFFER_LISTS,
                        1,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::FILTER_RECEIVE_NET_BUFFER_LISTS,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::FILTER_RECEIVE_NET_BUFFER_LISTS,
    (Module,),
> for receive {
    const ENTRY: ::ndis::__private::Pointer<
        ::ndis::callback::FILTER_RECEIVE_NET_BUFFER_LISTS,
    > = ::core::option::Option::Some(Self::entry);
}
fn detach(_module: &Module) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`detach()`], a `FILTER_DETACH`.
enum detach {}
impl detach {
    /** `VOID FILTER_DETACH(NDIS_HANDLE FilterModuleContext)`

 NDIS calls it to tear down a paused filter module. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `FilterModuleContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        filter_module_context: ::ndis::__private::c::filter::NDIS_HANDLE,
    ) {
        unsafe {
            ::ndis::callback::FILTER_DETACH::call((filter_module_context,))
                .enter1(
                    detach,
                    <&Module as ::ndis::__private::Argument<
                        ::ndis::callback::FILTER_DETACH,
                        0,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::FILTER_DETACH,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::FILTER_DETACH, (Module,)>
for detach {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::FILTER_DETACH> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn main() {
    let _ = (attach::entry, pause::entry, receive::entry, detach::entry);
}
