//! The functions with which drivers register, and end that.

use std::slice;
use std::sync::Arc;

use ndis::NdisStatus;
use ndis::irql::Irql;
use ndis::sys::*;

use crate::known::handle::{Handle, Kind};
use crate::machine::arguments::find;
use crate::machine::inner::{self, Inner};
use crate::report::Rule;
use crate::shared_memory::call;

/// The names of those of the fields that hold no handler.
macro_rules! missing {
    ($table:expr, $($handler:ident)*) => {{
        let mut missing = Vec::new();
        $(
            // SAFETY: the field is in the first revision of the table, whose size was checked.
            if unsafe { (&raw const (*$table).$handler).read() }.is_none() {
                missing.push(stringify!($handler));
            }
        )*
        missing
    }};
}

/// Registers a protocol driver in the machine that the thread is in, and calls its set options handler.
///
/// # Safety
///
/// The pointers are NULL or point to what their types say; the characteristics are as long as their header says, their
/// name is text of its length, and the set options handler may be called with the context.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisRegisterProtocolDriver(
    ProtocolDriverContext: NDIS_HANDLE,
    ProtocolCharacteristics: PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
    NdisProtocolHandle: PNDIS_HANDLE,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisRegisterProtocolDriver";
    const SIZES: [u16; 2] = [
        NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1,
        NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
    ];
    let table = ProtocolCharacteristics;
    // SAFETY: the caller's contract.
    let Some(machine) = (unsafe { begin(FUNCTION, NdisProtocolHandle) }) else { return NDIS_STATUS_FAILURE };
    // SAFETY: as above.
    let header = unsafe {
        let object_type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
        machine.header(FUNCTION, "ProtocolCharacteristics", table, object_type, &SIZES)
    };
    if header.is_none() {
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    }
    // SAFETY: the fields are in the first revision, whose size was checked.
    let (version, name, set_options) = unsafe {
        (
            (&raw const (*table).MajorNdisVersion).read(),
            (&raw const (*table).Name).read(),
            (&raw const (*table).SetOptionsHandler).read(),
        )
    };
    let missing = missing!(table,
        BindAdapterHandlerEx UnbindAdapterHandlerEx OpenAdapterCompleteHandlerEx CloseAdapterCompleteHandlerEx
        NetPnPEventHandler OidRequestCompleteHandler ReceiveNetBufferListsHandler SendNetBufferListsCompleteHandler);
    // SAFETY: the caller's contract.
    let Some(name) = (unsafe { text(&name) }) else {
        machine.breach(Rule::Characteristics, FUNCTION, "the driver has no name".to_owned());
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    };
    if !complete(&machine, FUNCTION, version, &missing) {
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    }
    // SAFETY: the caller's contract.
    unsafe { register(&machine, Kind::ProtocolDriver, name, ProtocolDriverContext, set_options, NdisProtocolHandle) }
}

/// Ends a registration, once no callback of the driver runs any more.
///
/// A driver that calls this from one of its own callbacks would wait for itself for ever: the process stops with a
/// message.
///
/// # Safety
///
/// None: the handle is only compared.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisDeregisterProtocolDriver(NdisProtocolHandle: NDIS_HANDLE) {
    deregister("NdisDeregisterProtocolDriver", "NdisProtocolHandle", NdisProtocolHandle, Kind::ProtocolDriver);
}

/// Registers a miniport driver in the machine that the thread is in, and calls its set options handler. The driver
/// object and the registry path are not looked at, and no adapter is started: see [`Adapter`](crate::Adapter).
///
/// # Safety
///
/// The pointers are NULL or point to what their types say; the characteristics are as long as their header says, and the
/// set options handler may be called with the context.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMRegisterMiniportDriver(
    _DriverObject: PDRIVER_OBJECT,
    _RegistryPath: PUNICODE_STRING,
    MiniportDriverContext: NDIS_HANDLE,
    MiniportDriverCharacteristics: PNDIS_MINIPORT_DRIVER_CHARACTERISTICS,
    NdisMiniportDriverHandle: PNDIS_HANDLE,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisMRegisterMiniportDriver";
    const SIZES: [u16; 3] = [
        NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
        NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2,
        NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3,
    ];
    let table = MiniportDriverCharacteristics;
    // SAFETY: the caller's contract.
    let Some(machine) = (unsafe { begin(FUNCTION, NdisMiniportDriverHandle) }) else { return NDIS_STATUS_FAILURE };
    // SAFETY: as above.
    let header = unsafe {
        let object_type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
        machine.header(FUNCTION, "MiniportDriverCharacteristics", table, object_type, &SIZES)
    };
    if header.is_none() {
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    }
    // SAFETY: the fields are in the first revision, whose size was checked.
    let (version, set_options) =
        unsafe { ((&raw const (*table).MajorNdisVersion).read(), (&raw const (*table).SetOptionsHandler).read()) };
    let missing = missing!(table,
        InitializeHandlerEx HaltHandlerEx UnloadHandler PauseHandler RestartHandler OidRequestHandler
        SendNetBufferListsHandler ReturnNetBufferListsHandler CancelSendHandler DevicePnPEventNotifyHandler
        ShutdownHandlerEx CancelOidRequestHandler);
    if !complete(&machine, FUNCTION, version, &missing) {
        return NDIS_STATUS_BAD_CHARACTERISTICS;
    }
    // SAFETY: the caller's contract.
    unsafe {
        let name = String::new();
        register(&machine, Kind::MiniportDriver, name, MiniportDriverContext, set_options, NdisMiniportDriverHandle)
    }
}

/// Ends a registration, like [`NdisDeregisterProtocolDriver`].
///
/// # Safety
///
/// None: the handle is only compared.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMDeregisterMiniportDriver(NdisMiniportDriverHandle: NDIS_HANDLE) {
    const FUNCTION: &str = "NdisMDeregisterMiniportDriver";
    deregister(FUNCTION, "NdisMiniportDriverHandle", NdisMiniportDriverHandle, Kind::MiniportDriver);
}

/// What every registration begins with: the machine, the level, and the out value, which is NULL unless all goes well.
///
/// # Safety
///
/// `out` is NULL or points to a handle.
unsafe fn begin(function: &'static str, out: PNDIS_HANDLE) -> Option<Arc<Inner>> {
    let Some(machine) = inner::current() else {
        eprintln!("ndis-sim: {function} was called outside Machine::run");
        return None;
    };
    if !machine.pointer(function, "the pointer to the handle", out) {
        return None;
    }
    // SAFETY: the caller's contract; the pointer was checked.
    unsafe { out.write(std::ptr::null_mut()) };
    machine.at_most(function, Irql::PASSIVE).then_some(machine)
}

/// The text of a counted string; `None` if there is none.
///
/// # Safety
///
/// The buffer, if it is not NULL and aligned, holds text of its length.
unsafe fn text(string: &NDIS_STRING) -> Option<String> {
    if string.Buffer.is_null() || !string.Buffer.is_aligned() || string.Length < 2 {
        return None;
    }
    // SAFETY: the caller's contract.
    let text = unsafe { slice::from_raw_parts(string.Buffer, usize::from(string.Length / 2)) };
    Some(String::from_utf16_lossy(text))
}

fn complete(machine: &Inner, function: &'static str, version: u8, missing: &[&str]) -> bool {
    if version < 6 {
        machine.breach(Rule::Characteristics, function, format!("the driver is for NDIS {version}"));
    }
    if !missing.is_empty() {
        machine.breach(Rule::MissingHandler, function, format!("required and NULL: {}", missing.join(", ")));
    }
    version >= 6 && missing.is_empty()
}

/// # Safety
///
/// `set_options` may be called with the context; `out` can be written to.
unsafe fn register(
    machine: &Arc<Inner>,
    kind: Kind,
    name: String,
    context: NDIS_HANDLE,
    set_options: SET_OPTIONS_HANDLER,
    out: PNDIS_HANDLE,
) -> NDIS_STATUS {
    let place = if kind == Kind::ProtocolDriver { "PROTOCOL_SET_OPTIONS" } else { "MINIPORT_SET_OPTIONS" };
    let handle = machine.issue(kind);
    machine.state().drivers.add(handle, name);
    let status = match set_options {
        // SAFETY: the caller's contract.
        Some(set_options) => machine.call(place, || unsafe { set_options(handle.as_raw(), context) }),
        None => NDIS_STATUS_SUCCESS,
    };
    if status == NDIS_STATUS_PENDING {
        machine.breach(Rule::IllegalStatus, place, "returned NDIS_STATUS_PENDING".to_owned());
    }
    if status != NDIS_STATUS_SUCCESS {
        remove(machine, place, handle);
        return if status == NDIS_STATUS_PENDING { NDIS_STATUS_FAILURE } else { status };
    }
    machine.state().drivers.options_are_set(handle);
    // SAFETY: the caller's contract.
    unsafe { out.write(handle.as_raw()) };
    NdisStatus::SUCCESS.as_raw()
}

fn deregister(function: &'static str, name: &'static str, raw: NDIS_HANDLE, kind: Kind) {
    if let Some((machine, handle)) = find(function, name, raw, &[kind]) {
        machine.at_most(function, Irql::PASSIVE);
        remove(&machine, function, handle);
    }
}

/// Ends a driver and its providers.
fn remove(machine: &Arc<Inner>, function: &'static str, handle: Handle) {
    call::retire(machine, function, handle);
    machine.state().drivers.remove(handle);
    machine.end(handle);
    machine.check_outstanding(function);
}
