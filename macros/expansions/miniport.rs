#![deny(warnings)]
use ndis::prelude::*;
struct Adapter;
fn cancel_send(_adapter: &Adapter, _id: CancelId) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`cancel_send()`], a `MINIPORT_CANCEL_SEND`.
enum cancel_send {}
impl cancel_send {
    /** `VOID MINIPORT_CANCEL_SEND(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)`

 NDIS calls it to cancel the queued sends that carry one cancel id. IRQL: PASSIVE_LEVEL to DISPATCH_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::__private::c::miniport::NDIS_HANDLE,
        cancel_id: ::ndis::__private::c::miniport::PVOID,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_CANCEL_SEND::call((
                    miniport_adapter_context,
                    cancel_id,
                ))
                .enter2(
                    cancel_send,
                    <&Adapter as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_CANCEL_SEND,
                        0,
                    >>::receive,
                    <CancelId as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_CANCEL_SEND,
                        1,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::MINIPORT_CANCEL_SEND,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::MINIPORT_CANCEL_SEND, (Adapter,)>
for cancel_send {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::MINIPORT_CANCEL_SEND> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn halt(_adapter: &Adapter, _action: HaltAction) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`halt()`], a `MINIPORT_HALT`.
enum halt {}
impl halt {
    /** `VOID MINIPORT_HALT(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)`

 NDIS calls it to release one adapter; interrupts and timers of the adapter may still run during the call. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::__private::c::miniport::NDIS_HANDLE,
        halt_action: ::ndis::__private::c::miniport::NDIS_HALT_ACTION,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_HALT::call((
                    miniport_adapter_context,
                    halt_action,
                ))
                .enter2(
                    halt,
                    <&Adapter as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_HALT,
                        0,
                    >>::receive,
                    <HaltAction as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_HALT,
                        1,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::MINIPORT_HALT,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::MINIPORT_HALT, (Adapter,)>
for halt {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::MINIPORT_HALT> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn isr(_adapter: &Adapter) -> Interrupt {
    Interrupt::NotMine
}
#[allow(non_camel_case_types)]
/// The C entry point of [`isr()`], a `MINIPORT_ISR`.
enum isr {}
impl isr {
    /** `BOOLEAN MINIPORT_ISR(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc, PULONG TargetProcessors)`

 NDIS calls it at the device's IRQL when the line interrupt fires, possibly before the interrupt's registration has returned. IRQL: DIRQL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `MiniportInterruptContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        miniport_interrupt_context: ::ndis::__private::c::miniport::NDIS_HANDLE,
        queue_default_interrupt_dpc: ::ndis::__private::c::miniport::PBOOLEAN,
        target_processors: ::ndis::__private::c::miniport::PULONG,
    ) -> ::ndis::__private::c::miniport::BOOLEAN {
        unsafe {
            ::ndis::callback::MINIPORT_ISR::call((
                    miniport_interrupt_context,
                    queue_default_interrupt_dpc,
                    target_processors,
                ))
                .enter1(
                    isr,
                    <&Adapter as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_ISR,
                        0,
                    >>::receive,
                    <Interrupt as ::ndis::__private::Outcome<
                        ::ndis::callback::MINIPORT_ISR,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::MINIPORT_ISR, (Adapter,)>
for isr {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::MINIPORT_ISR> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn hangs(_adapter: &Adapter) -> bool {
    false
}
#[allow(non_camel_case_types)]
/// The C entry point of [`hangs()`], a `MINIPORT_CHECK_FOR_HANG`.
enum hangs {}
impl hangs {
    /** `BOOLEAN MINIPORT_CHECK_FOR_HANG(NDIS_HANDLE MiniportAdapterContext)`

 NDIS calls it now and then to ask whether the hardware hangs; TRUE asks for a reset. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::__private::c::miniport::NDIS_HANDLE,
    ) -> ::ndis::__private::c::miniport::BOOLEAN {
        unsafe {
            ::ndis::callback::MINIPORT_CHECK_FOR_HANG::call((miniport_adapter_context,))
                .enter1(
                    hangs,
                    <&Adapter as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_CHECK_FOR_HANG,
                        0,
                    >>::receive,
                    <bool as ::ndis::__private::Outcome<
                        ::ndis::callback::MINIPORT_CHECK_FOR_HANG,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::MINIPORT_CHECK_FOR_HANG,
    (Adapter,),
> for hangs {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::MINIPORT_CHECK_FOR_HANG> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn oid_request(
    _adapter: &Adapter,
    request: MiniportOidRequest<'_>,
) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}
#[allow(non_camel_case_types)]
/// The C entry point of [`oid_request()`], a `MINIPORT_OID_REQUEST`.
enum oid_request {}
impl oid_request {
    /** `NDIS_STATUS MINIPORT_OID_REQUEST(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)`

 NDIS calls it with one object identifier request at a time: a query, a set or a method. IRQL: PASSIVE_LEVEL.
 Since NDIS 6.0.
 Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_INVALID_OID, NDIS_STATUS_NOT_SUPPORTED, NDIS_STATUS_BUFFER_TOO_SHORT, NDIS_STATUS_INVALID_LENGTH, NDIS_STATUS_INVALID_DATA, NDIS_STATUS_NOT_ACCEPTED, NDIS_STATUS_REQUEST_ABORTED, NDIS_STATUS_INDICATION_REQUIRED.

 # Safety

 For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::__private::c::miniport::NDIS_HANDLE,
        oid_request_: ::ndis::__private::c::miniport::PNDIS_OID_REQUEST,
    ) -> ::ndis::__private::c::miniport::NDIS_STATUS {
        unsafe {
            ::ndis::callback::MINIPORT_OID_REQUEST::call((
                    miniport_adapter_context,
                    oid_request_,
                ))
                .enter2(
                    oid_request,
                    <&Adapter as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_OID_REQUEST,
                        0,
                    >>::receive,
                    <MiniportOidRequest<
                        '_,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_OID_REQUEST,
                        1,
                    >>::receive,
                    <Result<
                        Answered,
                        NdisStatus,
                    > as ::ndis::__private::Outcome<
                        ::ndis::callback::MINIPORT_OID_REQUEST,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::MINIPORT_OID_REQUEST, (Adapter,)>
for oid_request {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::MINIPORT_OID_REQUEST> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn send(_adapter: &Adapter, chain: Chain<MiniportSend>) {
    chain.complete(NdisStatus::SUCCESS);
}
#[allow(non_camel_case_types)]
/// The C entry point of [`send()`], a `MINIPORT_SEND_NET_BUFFER_LISTS`.
enum send {}
impl send {
    /** `VOID MINIPORT_SEND_NET_BUFFER_LISTS(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)`

 NDIS calls it to transmit a chain of net buffer lists, which the driver owns until it completes them. IRQL: PASSIVE_LEVEL to DISPATCH_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::__private::c::miniport::NDIS_HANDLE,
        net_buffer_list: ::ndis::__private::c::miniport::PNET_BUFFER_LIST,
        port_number: ::ndis::__private::c::miniport::NDIS_PORT_NUMBER,
        send_flags: ::ndis::__private::c::miniport::ULONG,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS::call((
                    miniport_adapter_context,
                    net_buffer_list,
                    port_number,
                    send_flags,
                ))
                .enter2(
                    send,
                    <&Adapter as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS,
                        0,
                    >>::receive,
                    <Chain<
                        MiniportSend,
                    > as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS,
                        1,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<
    ::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS,
    (Adapter,),
> for send {
    const ENTRY: ::ndis::__private::Pointer<
        ::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS,
    > = ::core::option::Option::Some(Self::entry);
}
fn shutdown(_adapter: &Adapter, _action: ShutdownAction) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`shutdown()`], a `MINIPORT_SHUTDOWN`.
enum shutdown {}
impl shutdown {
    /** `VOID MINIPORT_SHUTDOWN(NDIS_HANDLE MiniportAdapterContext, NDIS_SHUTDOWN_ACTION ShutdownAction)`

 NDIS calls it when the system powers off, at PASSIVE_LEVEL; or, for a driver that asked for it, during a bugcheck, at HIGH_LEVEL. IRQL: PASSIVE_LEVEL to HIGH_LEVEL.
 Since NDIS 6.0.

 # Safety

 For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.*/
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::__private::c::miniport::NDIS_HANDLE,
        shutdown_action: ::ndis::__private::c::miniport::NDIS_SHUTDOWN_ACTION,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_SHUTDOWN::call((
                    miniport_adapter_context,
                    shutdown_action,
                ))
                .enter2(
                    shutdown,
                    <&Adapter as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_SHUTDOWN,
                        0,
                    >>::receive,
                    <ShutdownAction as ::ndis::__private::Argument<
                        ::ndis::callback::MINIPORT_SHUTDOWN,
                        1,
                    >>::receive,
                    <() as ::ndis::__private::Outcome<
                        ::ndis::callback::MINIPORT_SHUTDOWN,
                    >>::finish,
                )
        }
    }
}
unsafe impl ::ndis::__private::Entry<::ndis::callback::MINIPORT_SHUTDOWN, (Adapter,)>
for shutdown {
    const ENTRY: ::ndis::__private::Pointer<::ndis::callback::MINIPORT_SHUTDOWN> = ::core::option::Option::Some(
        Self::entry,
    );
}
fn main() {
    let _ = (cancel_send::entry, halt::entry, isr::entry, hangs::entry);
    let _ = (oid_request::entry, send::entry, shutdown::entry);
}
