//! Protocol drivers: registration.

use alloc::vec::Vec;
use core::fmt;
use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::Ordering;

use crate::callback::{Entry, PROTOCOL_SET_OPTIONS, PROTOCOL_UNINSTALL};
use crate::contract::breach::BreachKind;
use crate::contract::status::NdisStatus;
use crate::stop::report::report;
use crate::sys::protocol::*;
use crate::sys::{
    NDIS_HANDLE, NDIS_OBJECT_HEADER, NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS, NDIS_STATUS, NDIS_STRING,
    NdisDeregisterProtocolDriver, NdisRegisterProtocolDriver, PNDIS_OID_REQUEST, PNET_BUFFER_LIST, ULONG,
};
use crate::value::block::ContextBlock;
use crate::value::context::{Context, ContextValue};

/// A protocol driver that binds to no adapter: it exists for its optional handlers, such as a shared memory provider.
///
/// The handlers that NDIS requires of every protocol driver are filled in; the one for binding refuses every adapter.
/// A driver that binds fills [`NDIS_PROTOCOL_DRIVER_CHARACTERISTICS`] by hand in this version.
///
/// The table is of revision 2, for NDIS 6.30.
///
/// The registration owns the driver's context and those of everything registered with it. It ends with
/// [`deregister`](RegisteredProtocol::deregister) and not by being dropped: a drop can happen inside a callback, where
/// deregistering would wait for itself.
#[must_use = "a protocol driver does nothing until it is registered"]
pub struct ProtocolDriver<D: ContextValue> {
    context: Context<D>,
    table: NDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
}

impl<D: ContextValue> ProtocolDriver<D> {
    /// A driver with this context and no handlers of its own yet.
    pub fn new(context: Context<D>) -> ProtocolDriver<D> {
        let table = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
                Revision: NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
                Size: NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
            },
            MajorNdisVersion: 6,
            MinorNdisVersion: 30,
            MajorDriverVersion: 1,
            MinorDriverVersion: 0,
            Flags: 0,
            Name: NDIS_STRING { Length: 0, MaximumLength: 0, Buffer: null_mut() },
            SetOptionsHandler: Some(own_set_options::<D>),
            BindAdapterHandlerEx: Some(unbound::bind),
            UnbindAdapterHandlerEx: Some(unbound::unbind),
            OpenAdapterCompleteHandlerEx: Some(unbound::open_complete),
            CloseAdapterCompleteHandlerEx: Some(unbound::close_complete),
            NetPnPEventHandler: Some(unbound::net_pnp_event),
            UninstallHandler: None,
            OidRequestCompleteHandler: Some(unbound::oid_request_complete),
            StatusHandlerEx: Some(unbound::status),
            ReceiveNetBufferListsHandler: Some(unbound::receive),
            SendNetBufferListsCompleteHandler: Some(unbound::send_complete),
            DirectOidRequestCompleteHandler: None,
        };
        ProtocolDriver { context, table }
    }

    /// The handler in which the driver registers its optional handlers.
    pub fn set_options<N: Entry<PROTOCOL_SET_OPTIONS, (D,)>>(mut self) -> Self {
        self.table.SetOptionsHandler = Some(set_options::<D, N>);
        self
    }

    /// The handler NDIS calls when the protocol is uninstalled.
    pub fn uninstall<N: Entry<PROTOCOL_UNINSTALL, ()>>(mut self) -> Self {
        self.table.UninstallHandler = N::ENTRY;
        self
    }

    /// Registers the driver under this name, `NdisRegisterProtocolDriver`. IRQL: PASSIVE_LEVEL.
    ///
    /// NDIS calls the set options handler before this returns, and may call others.
    ///
    /// # Errors
    ///
    /// NDIS's status, or that of the set options handler; `NDIS_STATUS_RESOURCES` when there is no memory for the
    /// name, `NDIS_STATUS_INVALID_PARAMETER` when it is longer than NDIS can be told. The contexts are freed.
    pub fn register(mut self, name: &str) -> Result<RegisteredProtocol<D>, NdisStatus> {
        let mut utf16 = Vec::new();
        utf16.try_reserve_exact(name.len()).map_err(|_| NdisStatus::RESOURCES)?;
        utf16.extend(name.encode_utf16());
        let bytes = u16::try_from(utf16.len() * 2).map_err(|_| NdisStatus::INVALID_PARAMETER)?;
        self.table.Name = NDIS_STRING { Length: bytes, MaximumLength: bytes, Buffer: utf16.as_mut_ptr() };
        let mut handle = null_mut();
        // SAFETY: the table is complete, the name and the context are alive, and the entries are for that context.
        let status = unsafe { NdisRegisterProtocolDriver(self.context.as_raw(), &raw mut self.table, &raw mut handle) };
        let status = NdisStatus::from_raw(status);
        // When NDIS failed the registration it has none, so nothing is called with the contexts any more.
        let handle = NonNull::new(handle).filter(|_| status.is_success());
        match handle {
            Some(handle) => Ok(RegisteredProtocol { handle, context: ManuallyDrop::new(self.context) }),
            None if status.is_success() => Err(NdisStatus::FAILURE),
            None => Err(status),
        }
    }
}

impl<D: ContextValue> fmt::Debug for ProtocolDriver<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProtocolDriver").finish_non_exhaustive()
    }
}

/// A registered protocol driver. Keep it until the driver unloads, then [`deregister`](Self::deregister) it.
///
/// Dropped without that, it is reported as a breach, and the contexts that NDIS still calls with are leaked.
#[must_use = "dropping it leaks the driver's contexts; deregister it when the driver unloads"]
pub struct RegisteredProtocol<D: ContextValue> {
    handle: NonNull<core::ffi::c_void>,
    context: ManuallyDrop<Context<D>>,
}

// SAFETY: NDIS's handle of a driver may be used from any thread; the context is `Send`.
unsafe impl<D: ContextValue> Send for RegisteredProtocol<D> {}
// SAFETY: as above; a shared registration gives out `&D` only.
unsafe impl<D: ContextValue> Sync for RegisteredProtocol<D> {}

impl<D: ContextValue> RegisteredProtocol<D> {
    /// The driver's context.
    pub fn context(&self) -> &D {
        &self.context
    }

    /// NDIS's handle of the driver, for an NDIS function this crate does not wrap.
    pub fn as_raw(&self) -> NDIS_HANDLE {
        self.handle.as_ptr()
    }

    /// Ends the registration, `NdisDeregisterProtocolDriver`, and then frees the driver's context and those of
    /// everything registered with it. IRQL: PASSIVE_LEVEL; not from a callback of this driver, which NDIS waits for.
    pub fn deregister(self) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: the handle is the one NDIS gave for this registration, which ends here.
        unsafe { NdisDeregisterProtocolDriver(this.handle.as_ptr()) };
        // SAFETY: the context is dropped once, here; NDIS calls with it no more.
        unsafe { ManuallyDrop::drop(&mut this.context) };
    }
}

impl<D: ContextValue> Drop for RegisteredProtocol<D> {
    fn drop(&mut self) {
        report("NDIS_PROTOCOL_DRIVER_CHARACTERISTICS", BreachKind::DroppedRegistration);
    }
}

impl<D: ContextValue> fmt::Debug for RegisteredProtocol<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredProtocol").field("handle", &self.handle).finish_non_exhaustive()
    }
}

/// The set options handler of every driver: the driver's own handler runs inside it.
///
/// NDIS may ask the driver to bind before `NdisRegisterProtocolDriver` has returned its handle. Here it is known early.
unsafe extern "system" fn set_options<D, N>(handle: NDIS_HANDLE, context: NDIS_HANDLE) -> NDIS_STATUS
where
    D: ContextValue,
    N: Entry<PROTOCOL_SET_OPTIONS, (D,)>,
{
    // SAFETY: NDIS calls this with its handle of the driver and the context of the registration, a `Context<D>`.
    let status = unsafe { own_set_options::<D>(handle, context) };
    match N::ENTRY {
        // SAFETY: NDIS called with these arguments.
        Some(entry) => unsafe { entry(handle, context) },
        None => status,
    }
}

/// Notes NDIS's handle of the driver in its context. What is wrong with the context, the driver's own handler reports.
unsafe extern "system" fn own_set_options<D: ContextValue>(handle: NDIS_HANDLE, context: NDIS_HANDLE) -> NDIS_STATUS {
    // SAFETY: the driver was registered with a context of this type, which is alive.
    if let Ok(block) = unsafe { ContextBlock::<D>::from_raw(context) } {
        // SAFETY: as above.
        unsafe { block.as_ref() }.header.ndis_handle.store(handle, Ordering::Release);
    }
    NdisStatus::SUCCESS.as_raw()
}

/// What NDIS requires of every protocol driver, for one that has no binding: NDIS calls the first, and none of the
/// others, which are about a binding.
mod unbound {
    use super::*;
    use crate::sys::{PNDIS_BIND_PARAMETERS, PNDIS_STATUS_INDICATION, PNET_PNP_EVENT_NOTIFICATION};

    pub(super) unsafe extern "system" fn bind(_: NDIS_HANDLE, _: NDIS_HANDLE, _: PNDIS_BIND_PARAMETERS) -> NDIS_STATUS {
        NdisStatus::NOT_SUPPORTED.as_raw()
    }
    pub(super) unsafe extern "system" fn unbind(_: NDIS_HANDLE, _: NDIS_HANDLE) -> NDIS_STATUS {
        NdisStatus::SUCCESS.as_raw()
    }
    pub(super) unsafe extern "system" fn open_complete(_: NDIS_HANDLE, _: NDIS_STATUS) {}
    pub(super) unsafe extern "system" fn close_complete(_: NDIS_HANDLE) {}
    pub(super) unsafe extern "system" fn net_pnp_event(_: NDIS_HANDLE, _: PNET_PNP_EVENT_NOTIFICATION) -> NDIS_STATUS {
        NdisStatus::NOT_SUPPORTED.as_raw()
    }
    pub(super) unsafe extern "system" fn oid_request_complete(_: NDIS_HANDLE, _: PNDIS_OID_REQUEST, _: NDIS_STATUS) {}
    pub(super) unsafe extern "system" fn status(_: NDIS_HANDLE, _: PNDIS_STATUS_INDICATION) {}
    pub(super) unsafe extern "system" fn receive(_: NDIS_HANDLE, _: PNET_BUFFER_LIST, _: u32, _: ULONG, _: ULONG) {}
    pub(super) unsafe extern "system" fn send_complete(_: NDIS_HANDLE, _: PNET_BUFFER_LIST, _: ULONG) {}
}
