#![deny(warnings)]
use ndis::prelude::*;
use ndis::{
    CancelId, HaltAction, Interrupt, OidRequest, PortNumber, SendChain, SendFlags,
    ShutdownAction,
};
struct Adapter;
fn cancel_send(_adapter: &Adapter, _id: CancelId) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`cancel_send()`], a `MINIPORT_CANCEL_SEND`.
enum cancel_send {}
#[allow(elided_lifetimes_in_paths)]
impl cancel_send {
    /// `VOID MINIPORT_CANCEL_SEND(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)`
    ///
    /// NDIS calls it to cancel the queued sends that carry one cancel id. IRQL: PASSIVE_LEVEL to DISPATCH_LEVEL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::c::miniport::NDIS_HANDLE,
        cancel_id: ::ndis::c::miniport::PVOID,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_CANCEL_SEND::call((
                    miniport_adapter_context,
                    cancel_id,
                ))
                .enter2(
                    cancel_send,
                    <&Adapter as ::ndis::Lent>::receive::<_, 0>,
                    <CancelId as ::ndis::Value<_, 1>>::receive,
                    <() as ::ndis::outcome::Nothing>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::MINIPORT_CANCEL_SEND, (Adapter,)>
for cancel_send {
    const ENTRY: ::ndis::c::miniport::MINIPORT_CANCEL_SEND_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn halt(_adapter: &Adapter, _action: HaltAction) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`halt()`], a `MINIPORT_HALT`.
enum halt {}
#[allow(elided_lifetimes_in_paths)]
impl halt {
    /// `VOID MINIPORT_HALT(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)`
    ///
    /// NDIS calls it to release one adapter; interrupts and timers of the adapter may still run during the call. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::c::miniport::NDIS_HANDLE,
        halt_action: ::ndis::c::miniport::NDIS_HALT_ACTION,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_HALT::call((
                    miniport_adapter_context,
                    halt_action,
                ))
                .enter2(
                    halt,
                    <&Adapter as ::ndis::Retired>::receive::<_, 0>,
                    <HaltAction as ::ndis::Value<_, 1>>::receive,
                    <() as ::ndis::outcome::Nothing>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::MINIPORT_HALT, (Adapter,)> for halt {
    const ENTRY: ::ndis::c::miniport::MINIPORT_HALT_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn isr(_adapter: &Adapter) -> Interrupt {
    Interrupt::NotMine
}
#[allow(non_camel_case_types)]
/// The C entry point of [`isr()`], a `MINIPORT_ISR`.
enum isr {}
#[allow(elided_lifetimes_in_paths)]
impl isr {
    /// `BOOLEAN MINIPORT_ISR(NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc, PULONG TargetProcessors)`
    ///
    /// NDIS calls it at the device's IRQL when the line interrupt fires, possibly before the interrupt's registration has returned. IRQL: DIRQL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `MiniportInterruptContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        miniport_interrupt_context: ::ndis::c::miniport::NDIS_HANDLE,
        queue_default_interrupt_dpc: ::ndis::c::miniport::PBOOLEAN,
        target_processors: ::ndis::c::miniport::PULONG,
    ) -> ::ndis::c::miniport::BOOLEAN {
        unsafe {
            ::ndis::callback::MINIPORT_ISR::call((
                    miniport_interrupt_context,
                    queue_default_interrupt_dpc,
                    target_processors,
                ))
                .enter1(
                    isr,
                    <&Adapter as ::ndis::Lent>::receive::<_, 0>,
                    <Interrupt as ::ndis::outcome::Interrupt>::finish::<_, 1, 2>,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::MINIPORT_ISR, (Adapter,)> for isr {
    const ENTRY: ::ndis::c::miniport::MINIPORT_ISR_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn hangs(_adapter: &Adapter) -> bool {
    false
}
#[allow(non_camel_case_types)]
/// The C entry point of [`hangs()`], a `MINIPORT_CHECK_FOR_HANG`.
enum hangs {}
#[allow(elided_lifetimes_in_paths)]
impl hangs {
    /// `BOOLEAN MINIPORT_CHECK_FOR_HANG(NDIS_HANDLE MiniportAdapterContext)`
    ///
    /// NDIS calls it now and then to ask whether the hardware hangs; TRUE asks for a reset. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::c::miniport::NDIS_HANDLE,
    ) -> ::ndis::c::miniport::BOOLEAN {
        unsafe {
            ::ndis::callback::MINIPORT_CHECK_FOR_HANG::call((miniport_adapter_context,))
                .enter1(
                    hangs,
                    <&Adapter as ::ndis::Lent>::receive::<_, 0>,
                    <bool as ::ndis::outcome::Boolean>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::MINIPORT_CHECK_FOR_HANG, (Adapter,)>
for hangs {
    const ENTRY: ::ndis::c::miniport::MINIPORT_CHECK_FOR_HANG_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn oid_request(
    _adapter: &Adapter,
    request: OidRequest<'_>,
) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}
#[allow(non_camel_case_types)]
/// The C entry point of [`oid_request()`], a `MINIPORT_OID_REQUEST`.
enum oid_request {}
#[allow(elided_lifetimes_in_paths)]
impl oid_request {
    /// `NDIS_STATUS MINIPORT_OID_REQUEST(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)`
    ///
    /// NDIS calls it with one object identifier request at a time: a query, a set or a method. IRQL: PASSIVE_LEVEL.
    /// Since NDIS 6.0.
    /// Statuses: NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_INVALID_OID, NDIS_STATUS_NOT_SUPPORTED, NDIS_STATUS_BUFFER_TOO_SHORT, NDIS_STATUS_INVALID_LENGTH, NDIS_STATUS_INVALID_DATA, NDIS_STATUS_NOT_ACCEPTED, NDIS_STATUS_REQUEST_ABORTED, NDIS_STATUS_INDICATION_REQUIRED.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::c::miniport::NDIS_HANDLE,
        oid_request_: ::ndis::c::miniport::PNDIS_OID_REQUEST,
    ) -> ::ndis::c::miniport::NDIS_STATUS {
        unsafe {
            ::ndis::callback::MINIPORT_OID_REQUEST::call((
                    miniport_adapter_context,
                    oid_request_,
                ))
                .enter2(
                    oid_request,
                    <&Adapter as ::ndis::Lent>::receive::<_, 0>,
                    <OidRequest as ::ndis::View<_, 1>>::receive,
                    <Result<Answered, NdisStatus> as ::ndis::outcome::Answered>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::MINIPORT_OID_REQUEST, (Adapter,)>
for oid_request {
    const ENTRY: ::ndis::c::miniport::MINIPORT_OID_REQUEST_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn send(_adapter: &Adapter, chain: SendChain, _port: PortNumber, _flags: SendFlags) {
    chain.complete(NdisStatus::SUCCESS);
}
#[allow(non_camel_case_types)]
/// The C entry point of [`send()`], a `MINIPORT_SEND_NET_BUFFER_LISTS`.
enum send {}
#[allow(elided_lifetimes_in_paths)]
impl send {
    /// `VOID MINIPORT_SEND_NET_BUFFER_LISTS(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)`
    ///
    /// NDIS calls it to transmit a chain of net buffer lists, which the driver owns until it completes them. IRQL: PASSIVE_LEVEL to DISPATCH_LEVEL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::c::miniport::NDIS_HANDLE,
        net_buffer_list: ::ndis::c::miniport::PNET_BUFFER_LIST,
        port_number: ::ndis::c::miniport::NDIS_PORT_NUMBER,
        send_flags: ::ndis::c::miniport::ULONG,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS::call((
                    miniport_adapter_context,
                    net_buffer_list,
                    port_number,
                    send_flags,
                ))
                .enter4(
                    send,
                    <&Adapter as ::ndis::Lent>::receive::<_, 0>,
                    <SendChain as ::ndis::View<_, 1>>::receive,
                    <PortNumber as ::ndis::Value<_, 2>>::receive,
                    <SendFlags as ::ndis::Value<_, 3>>::receive,
                    <() as ::ndis::outcome::Nothing>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::MINIPORT_SEND_NET_BUFFER_LISTS, (Adapter,)>
for send {
    const ENTRY: ::ndis::c::miniport::MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn shutdown(_adapter: &Adapter, _action: ShutdownAction) {}
#[allow(non_camel_case_types)]
/// The C entry point of [`shutdown()`], a `MINIPORT_SHUTDOWN`.
enum shutdown {}
#[allow(elided_lifetimes_in_paths)]
impl shutdown {
    /// `VOID MINIPORT_SHUTDOWN(NDIS_HANDLE MiniportAdapterContext, NDIS_SHUTDOWN_ACTION ShutdownAction)`
    ///
    /// NDIS calls it when the system powers off, at PASSIVE_LEVEL; or, for a driver that asked for it, during a bugcheck, at HIGH_LEVEL. IRQL: PASSIVE_LEVEL to HIGH_LEVEL.
    /// Since NDIS 6.0.
    ///
    /// # Safety
    ///
    /// For NDIS to call, as above; `MiniportAdapterContext` is one of the type that the function takes.
    unsafe extern "system" fn entry(
        miniport_adapter_context: ::ndis::c::miniport::NDIS_HANDLE,
        shutdown_action: ::ndis::c::miniport::NDIS_SHUTDOWN_ACTION,
    ) {
        unsafe {
            ::ndis::callback::MINIPORT_SHUTDOWN::call((
                    miniport_adapter_context,
                    shutdown_action,
                ))
                .enter2(
                    shutdown,
                    <&Adapter as ::ndis::Lent>::receive::<_, 0>,
                    <ShutdownAction as ::ndis::Value<_, 1>>::receive,
                    <() as ::ndis::outcome::Nothing>::finish,
                )
        }
    }
}
unsafe impl ::ndis::Entry<::ndis::callback::MINIPORT_SHUTDOWN, (Adapter,)> for shutdown {
    const ENTRY: ::ndis::c::miniport::MINIPORT_SHUTDOWN_HANDLER = ::core::option::Option::Some(
        Self::entry,
    );
}
fn main() {
    let _ = (cancel_send::entry, halt::entry, isr::entry, hangs::entry);
    let _ = (oid_request::entry, send::entry, shutdown::entry);
}
