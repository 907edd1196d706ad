#![deny(warnings)]
use ndis::prelude::*;
struct Driver;
struct Binding;
struct Family;
struct Provider;
struct Counter;
fn set_options(
    _driver: &Driver,
    _handle: ProtocolDriverHandle<'_>,
) -> Result<(), NdisStatus> {
    Ok(())
}
#[allow(non_camel_case_types)]
/// The C entry point of [`set_options()`], a `PROTOCOL_SET_OPTIONS`.
enum set_options {}
impl set_options {
    /** `NDIS_STATUS PROTOCOL_SET_OPTIONS(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)`

 NDIS calls it inside NdisRegisterProtocolDriver, before that call has returned. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_RESOURCES.

 # Safety

 For NDIS to call, as above; `DriverContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        ndis_driver_handle: ::ndis::__private::c::set_options::NDIS_HANDLE,
        driver_context: ::ndis::__private::c::set_options::NDIS_HANDLE,
    ) -> ::ndis::__private::c::set_options::NDIS_STATUS {
        unsafe {
            ::ndis::callback::PROTOCOL_SET_OPTIONS::call((
                    ndis_driver_handle,
                    driver_context,
                ))
                .enter2(
                    set_options,
                    <&Driver as ::ndis::__private::Argument<
                        ::ndis::callback::PROTOCOL_SET_OPTIONS,
                        1,
                    >>::receive,
                    <ProtocolDriverHandle<
                        '_,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::PROTOCOL_SET_OPTIONS,
                        0,
                    >>::receive,
                    <Result<
                        (),
                        NdisStatus,
                    > as ::ndis::__private::Outcome<
                        ::ndis::callback::PROTOCOL_SET_OPTIONS,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::PROTOCOL_SET_OPTIONS, (Driver,)>
for set_options {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::PROTOCOL_SET_OPTIONS> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn net_pnp_event(event: ProtocolEvent<'_, Binding>) -> Answered {
    match event {
        ProtocolEvent::Binding(_binding, event) => event.done(),
        ProtocolEvent::Driver(event) => event.done(),
    }
}
#[allow(non_camel_case_types)]
/// The C entry point of [`net_pnp_event()`], a `PROTOCOL_NET_PNP_EVENT`.
enum net_pnp_event {}
impl net_pnp_event {
    /** `NDIS_STATUS PROTOCOL_NET_PNP_EVENT(NDIS_HANDLE ProtocolBindingContext, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)`

 NDIS calls it with a plug-and-play event, of a binding or of the driver. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_RESOURCES, NDIS_STATUS_NOT_SUPPORTED, NDIS_STATUS_FAILURE.

 # Safety

 For NDIS to call, as above; `ProtocolBindingContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        protocol_binding_context: ::ndis::__private::c::protocol::NDIS_HANDLE,
        net_pnp_event_notification: ::ndis::__private::c::protocol::PNET_PNP_EVENT_NOTIFICATION,
    ) -> ::ndis::__private::c::protocol::NDIS_STATUS {
        unsafe {
            ::ndis::callback::PROTOCOL_NET_PNP_EVENT::call((
                    protocol_binding_context,
                    net_pnp_event_notification,
                ))
                .enter1(
                    net_pnp_event,
                    <ProtocolEvent<
                        '_,
                        Binding,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::PROTOCOL_NET_PNP_EVENT,
                        0,
                    >>::receive,
                    <Answered as ::ndis::__private::Outcome<
                        ::ndis::callback::PROTOCOL_NET_PNP_EVENT,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::PROTOCOL_NET_PNP_EVENT,
    (<ProtocolEvent<'static, Binding> as ::ndis::__private::Kept>::Value,),
> for net_pnp_event {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::PROTOCOL_NET_PNP_EVENT> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn close_address_family(_family: &Family, close: CmCloseAf<'_>) -> Answered {
    close.done()
}
#[allow(non_camel_case_types)]
/// The C entry point of [`close_address_family()`], a `PROTOCOL_CM_CLOSE_AF`.
enum close_address_family {}
impl close_address_family {
    /** `NDIS_STATUS PROTOCOL_CM_CLOSE_AF(NDIS_HANDLE CallMgrAfContext)`

 NDIS calls it when a client closes an address family of a call manager. IRQL: PASSIVE_LEVEL to DISPATCH_LEVEL.
 Since NDIS 6.0.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING.

 # Safety

 For NDIS to call, as above; `CallMgrAfContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        call_mgr_af_context: ::ndis::__private::c::condis::NDIS_HANDLE,
    ) -> ::ndis::__private::c::condis::NDIS_STATUS {
        unsafe {
            ::ndis::callback::PROTOCOL_CM_CLOSE_AF::call((call_mgr_af_context,))
                .enter2(
                    close_address_family,
                    <&Family as ::ndis::__private::Argument<
                        ::ndis::callback::PROTOCOL_CM_CLOSE_AF,
                        0,
                    >>::receive,
                    <CmCloseAf<
                        '_,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::PROTOCOL_CM_CLOSE_AF,
                        1,
                    >>::receive,
                    <Answered as ::ndis::__private::Outcome<
                        ::ndis::callback::PROTOCOL_CM_CLOSE_AF,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::PROTOCOL_CM_CLOSE_AF, (Family,)>
for close_address_family {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::PROTOCOL_CM_CLOSE_AF> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn uninstall() {}
#[allow(non_camel_case_types)]
/// The C entry point of [`uninstall()`], a `PROTOCOL_UNINSTALL`.
enum uninstall {}
impl uninstall {
    /** `VOID PROTOCOL_UNINSTALL()`

 NDIS calls it when the protocol is being uninstalled, possibly during its registration. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above.*/
    unsafe extern "system" fn entry() {
        unsafe {
            ::ndis::callback::PROTOCOL_UNINSTALL::call(())
                .enter0(
                    uninstall,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::PROTOCOL_UNINSTALL,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::PROTOCOL_UNINSTALL, ()>
for uninstall {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::PROTOCOL_UNINSTALL> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn allocate_counter(
    _provider: &Provider,
    _wanted: PdCounterParameters<'_>,
) -> Result<Handle<Counter>, AllocError> {
    Ok(Handle::new(Counter)?)
}
#[allow(non_camel_case_types)]
/// The C entry point of [`allocate_counter()`], a `NDIS_PD_ALLOCATE_COUNTER`.
enum allocate_counter {}
impl allocate_counter {
    /** `NTSTATUS NDIS_PD_ALLOCATE_COUNTER(NDIS_PD_PROVIDER_HANDLE ProviderHandle, const NDIS_PD_COUNTER_PARAMETERS * CounterParameters, NDIS_PD_COUNTER_HANDLE * CounterHandle)`

 The PacketDirect client calls it to make a statistics counter. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.50.
 Statuses: STATUS_SUCCESS, STATUS_INSUFFICIENT_RESOURCES.

 # Safety

 For NDIS to call, as above; `ProviderHandle` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        provider_handle: ::ndis::__private::c::pd::NDIS_PD_PROVIDER_HANDLE,
        counter_parameters: *const ::ndis::__private::c::pd::NDIS_PD_COUNTER_PARAMETERS,
        counter_handle: *mut ::ndis::__private::c::pd::NDIS_PD_COUNTER_HANDLE,
    ) -> ::ndis::__private::c::pd::NTSTATUS {
        unsafe {
            ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER::call((
                    provider_handle,
                    counter_parameters,
                    counter_handle,
                ))
                .enter2(
                    allocate_counter,
                    <&Provider as ::ndis::__private::Argument<
                        ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER,
                        0,
                    >>::receive,
                    <PdCounterParameters<
                        '_,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER,
                        1,
                    >>::receive,
                    <Result<
                        Handle<Counter>,
                        AllocError,
                    > as ::ndis::__private::Outcome<
                        ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER,
    (Provider, <Result<Handle<Counter>, AllocError> as ::ndis::__private::Kept>::Value),
> for allocate_counter {
    const ENTRY: ::ndis::__private::Pointer<
        ::ndis::callback::NDIS_PD_ALLOCATE_COUNTER,
    > = ::core::option::Option::Some(Self::entry);
}
fn free_counter(counter: Handle<Counter>) {
    drop(counter);
}
#[allow(non_camel_case_types)]
/// The C entry point of [`free_counter()`], a `NDIS_PD_FREE_COUNTER`.
enum free_counter {}
impl free_counter {
    /** `VOID NDIS_PD_FREE_COUNTER(NDIS_PD_COUNTER_HANDLE CounterHandle)`

 The PacketDirect client calls it to destroy a counter. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.50.

 # Safety

 For NDIS to call, as above; `CounterHandle` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        counter_handle: ::ndis::__private::c::pd::NDIS_PD_COUNTER_HANDLE,
    ) {
        unsafe {
            ::ndis::callback::NDIS_PD_FREE_COUNTER::call((counter_handle,))
                .enter1(
                    free_counter,
                    <Handle<
                        Counter,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::NDIS_PD_FREE_COUNTER,
                        0,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::NDIS_PD_FREE_COUNTER,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::NDIS_PD_FREE_COUNTER,
    (<Handle<Counter> as ::ndis::__private::Kept>::Value,),
> for free_counter {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::NDIS_PD_FREE_COUNTER> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn main() {
    let _ = (
        set_options::entry,
        net_pnp_event::entry,
        close_address_family::entry,
        uninstall::entry,
    );
    let _ = (allocate_counter::entry, free_counter::entry);
}
