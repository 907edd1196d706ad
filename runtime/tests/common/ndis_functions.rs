//! Stand-ins for the NDIS functions that the runtime calls: they record their arguments and answer as told.

use std::cell::{Cell, RefCell};

use ndis::irql::Irql;
use ndis::sys::*;

use super::{live, ndis_handle};

/// A call of an NDIS function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Called {
    SetOptionalHandlers { handle: NDIS_HANDLE, provider: NDIS_HANDLE, flags: u32, complete: bool },
    RegisterProtocol { context: NDIS_HANDLE, version: (u8, u8), revision: u8, size: u16 },
    DeregisterProtocol { handle: NDIS_HANDLE, live: isize },
    SetAttributes { module: NDIS_HANDLE, context: NDIS_HANDLE, header: (u8, u8, u16), flags: u32 },
    PauseComplete { module: NDIS_HANDLE },
    OidComplete { adapter: NDIS_HANDLE, request: PNDIS_OID_REQUEST, status: i32 },
    SendComplete { adapter: NDIS_HANDLE, list: PNET_BUFFER_LIST, status: i32, flags: u32 },
    SetMiniportAttributes { adapter: NDIS_HANDLE, context: NDIS_HANDLE },
    ResetComplete { adapter: NDIS_HANDLE, status: i32, addressing: BOOLEAN },
    IndicateStatus { module: NDIS_HANDLE, indication: PNDIS_STATUS_INDICATION },
    FilterSends { module: NDIS_HANDLE, first: PNET_BUFFER_LIST, port: u32, flags: u32 },
    FilterIndicates { module: NDIS_HANDLE, first: PNET_BUFFER_LIST, port: u32, count: u32, flags: u32 },
    CloseFamilyComplete { family: NDIS_HANDLE, status: i32 },
}

/// What NDIS does inside a registration of a protocol driver.
pub type DuringRegistration = fn(NDIS_HANDLE, &NDIS_PROTOCOL_DRIVER_CHARACTERISTICS) -> i32;

thread_local! {
    static CALLS: RefCell<Vec<Called>> = const { RefCell::new(Vec::new()) };
    static ANSWER: Cell<i32> = const { Cell::new(0) };
    static DURING_REGISTRATION: Cell<Option<DuringRegistration>> = const { Cell::new(None) };
    static NO_PROTOCOL_HANDLE: Cell<bool> = const { Cell::new(false) };
    static NAME: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The calls of this thread since the last look, in order.
pub fn calls() -> Vec<Called> {
    CALLS.take()
}

/// What the functions that return a status return from now on, in this thread.
pub fn answer(status: i32) {
    ANSWER.set(status);
}

/// What happens inside `NdisRegisterProtocolDriver`; its result is the registration's.
pub fn during_registration(what: Option<DuringRegistration>) {
    DURING_REGISTRATION.set(what);
}

/// Whether a registration that succeeds gives no handle.
pub fn no_protocol_handle(none: bool) {
    NO_PROTOCOL_HANDLE.set(none);
}

/// The name of the last protocol driver that was registered.
pub fn protocol_name() -> String {
    NAME.take()
}

/// The handle that registered protocol drivers get.
pub fn protocol_handle() -> NDIS_HANDLE {
    ndis_handle(0x1980)
}

fn note(call: Called) {
    CALLS.with_borrow_mut(|calls| calls.push(call));
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisSetOptionalHandlers(handle: NDIS_HANDLE, table: PNDIS_DRIVER_OPTIONAL_HANDLERS) -> i32 {
    // SAFETY: the header's type says which table it is; the runtime passes this one only.
    let table = unsafe {
        let header = table.cast::<NDIS_OBJECT_HEADER>().read();
        assert_eq!((header.Type, header.Revision, header.Size as usize), (0xB0, 1, 3 * size_of::<NDIS_HANDLE>() + 8));
        table.cast::<NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS>().read()
    };
    note(Called::SetOptionalHandlers {
        handle,
        provider: table.ProviderContext,
        flags: table.Flags,
        complete: table.AllocateSharedMemoryHandler.is_some() && table.FreeSharedMemoryHandler.is_some(),
    });
    ANSWER.get()
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisRegisterProtocolDriver(
    context: NDIS_HANDLE,
    table: PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
    handle: PNDIS_HANDLE,
) -> i32 {
    // SAFETY: the runtime passes a complete table, whose name has as many bytes as it says.
    let (table, name) = unsafe {
        let table = table.read();
        (table, std::slice::from_raw_parts(table.Name.Buffer, usize::from(table.Name.Length) / 2))
    };
    NAME.set(String::from_utf16(name).unwrap());
    note(Called::RegisterProtocol {
        context,
        version: (table.MajorNdisVersion, table.MinorNdisVersion),
        revision: table.Header.Revision,
        size: table.Header.Size,
    });
    let status = match DURING_REGISTRATION.get() {
        Some(during) => during(context, &table),
        None => ANSWER.get(),
    };
    let given = if status == 0 && !NO_PROTOCOL_HANDLE.get() { protocol_handle() } else { std::ptr::null_mut() };
    // SAFETY: an out parameter.
    unsafe { handle.write(given) };
    status
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisDeregisterProtocolDriver(handle: NDIS_HANDLE) {
    // What lives now is what NDIS can still call with.
    note(Called::DeregisterProtocol { handle, live: live() });
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFSetAttributes(
    module: NDIS_HANDLE,
    context: NDIS_HANDLE,
    attributes: PNDIS_FILTER_ATTRIBUTES,
) -> i32 {
    // SAFETY: the runtime passes a complete structure.
    let attributes = unsafe { attributes.read() };
    let header = attributes.Header;
    let header = (header.Type, header.Revision, header.Size);
    note(Called::SetAttributes { module, context, header, flags: attributes.Flags });
    ANSWER.get()
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFPauseComplete(module: NDIS_HANDLE) {
    note(Called::PauseComplete { module });
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisMOidRequestComplete(adapter: NDIS_HANDLE, request: PNDIS_OID_REQUEST, status: i32) {
    note(Called::OidComplete { adapter, request, status });
}

/// Records each list by itself, as NDIS would give it back to its sender.
#[unsafe(no_mangle)]
unsafe extern "system" fn NdisMSendNetBufferListsComplete(adapter: NDIS_HANDLE, chain: PNET_BUFFER_LIST, flags: u32) {
    assert!(Irql::current() <= Irql::DISPATCH, "completed at {}", Irql::current());
    let mut list = chain;
    while !list.is_null() {
        // SAFETY: the chain is NDIS's again; the tests' lists are alive.
        let (next, status) = unsafe { ((*list).Next, (*list).Status) };
        note(Called::SendComplete { adapter, list, status, flags });
        list = next;
    }
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisMSetMiniportAttributes(
    adapter: NDIS_HANDLE,
    attributes: PNDIS_MINIPORT_ADAPTER_ATTRIBUTES,
) -> i32 {
    // SAFETY: the header's type says which attributes they are; the runtime passes these only.
    let context = unsafe {
        assert_eq!(attributes.cast::<NDIS_OBJECT_HEADER>().read().Type, 0x9E);
        attributes.cast::<NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES>().read().MiniportAdapterContext
    };
    note(Called::SetMiniportAttributes { adapter, context });
    ANSWER.get()
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisMResetComplete(adapter: NDIS_HANDLE, status: i32, addressing: BOOLEAN) {
    note(Called::ResetComplete { adapter, status, addressing });
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFIndicateStatus(module: NDIS_HANDLE, indication: PNDIS_STATUS_INDICATION) {
    assert!(Irql::current() <= Irql::DISPATCH, "indicated at {}", Irql::current());
    note(Called::IndicateStatus { module, indication });
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFSendNetBufferLists(module: NDIS_HANDLE, first: PNET_BUFFER_LIST, port: u32, flags: u32) {
    note(Called::FilterSends { module, first, port, flags });
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFIndicateReceiveNetBufferLists(
    module: NDIS_HANDLE,
    first: PNET_BUFFER_LIST,
    port: u32,
    count: u32,
    flags: u32,
) {
    note(Called::FilterIndicates { module, first, port, count, flags });
}

/// `boundary-tests` has what is given back to a filter's neighbours.
#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFSendNetBufferListsComplete(_module: NDIS_HANDLE, _first: PNET_BUFFER_LIST, _flags: u32) {
    unreachable!()
}

/// The same.
#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFReturnNetBufferLists(_module: NDIS_HANDLE, _first: PNET_BUFFER_LIST, _flags: u32) {
    unreachable!()
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisCmCloseAddressFamilyComplete(status: i32, family: NDIS_HANDLE) {
    note(Called::CloseFamilyComplete { family, status });
}
