//! A protocol's bindings: the request to make one, and the events that NDIS tells of.
//!
//! The context of a binding is made inside the callback, lives on while opening the adapter is pending, is dropped when that
//! fails, and ends when closing has completed. What NDIS is owed for the binding travels in the context's block.

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicU32, Ordering};

use crate::boundary::aftermath::clean_up;
use crate::boundary::argument::{Argument, lend, words};
use crate::boundary::call::{Call, Refusal};
use crate::boundary::callback::{Callback, Place};
use crate::boundary::object;
use crate::boundary::operation::{Answered, Checked, Operation, OperationScratch, Owes, Payment, Progress, failure};
use crate::boundary::outcome::Kept;
use crate::callback::{PROTOCOL_BIND_ADAPTER_EX, PROTOCOL_NET_PNP_EVENT};
use crate::contract::breach::BreachKind;
use crate::contract::status::NdisStatus;
use crate::stop::panic::{PanicAt, Site};
use crate::sys::protocol::*;
use crate::sys::{
    NDIS_HANDLE, NDIS_OBJECT_HEADER, NDIS_OBJECT_TYPE_BIND_PARAMETERS, NDIS_OBJECT_TYPE_DEFAULT,
    NDIS_OBJECT_TYPE_OPEN_PARAMETERS, NDIS_STATUS, NdisOpenAdapterEx,
};
use crate::value::block::Header;
use crate::value::context::{Context, ContextValue};
use crate::value::error::AnyError;
use crate::value::handle::Handle;

/// An adapter to bind to, `NDIS_BIND_PARAMETERS`. `B` is the context of the binding. It is refused by an error.
pub struct BindRequest<'call, B: 'static> {
    bind: Operation<'call, PROTOCOL_BIND_ADAPTER_EX>,
    /// NDIS's handle of the driver, or NULL.
    driver: NDIS_HANDLE,
    binding: PhantomData<fn(B) -> B>,
}

impl<B: ContextValue> BindRequest<'_, B> {
    /// The kind of network, `MediaType` (`NdisMedium*`).
    pub fn media_type(&self) -> i32 {
        // SAFETY: NDIS keeps the structure unchanged during the call; the field is in its first revision.
        unsafe { (&raw const (*self.bind.raw.2).MediaType).read() }
    }

    /// The largest packet in bytes, `MtuSize`.
    pub fn mtu(&self) -> u32 {
        // SAFETY: as above.
        unsafe { (&raw const (*self.bind.raw.2).MtuSize).read() }
    }

    /// The current MAC address of the adapter; empty if its stated length is more than a MAC address can have.
    pub fn mac_address(&self) -> &[u8] {
        // SAFETY: as above; the address is an array inside the structure, which lives as long as `self`.
        unsafe {
            let length = (&raw const (*self.bind.raw.2).MacAddressLength).read();
            let address = &raw const (*self.bind.raw.2).CurrentMacAddress;
            let address = &*address;
            address.get(..length.into()).unwrap_or_default()
        }
    }

    /// Opens the adapter for these kinds of network (`NdisMedium*`), `NdisOpenAdapterEx`. NDIS gets the answer when that has
    /// ended: at once, or when the driver's open complete handler has called [`opened`]. IRQL: PASSIVE_LEVEL.
    ///
    /// # Errors
    ///
    /// `NDIS_STATUS_RESOURCES` without memory; `NDIS_STATUS_FAILURE` when NDIS's handle of the driver is not known: the
    /// driver was not registered by [`ProtocolDriver`](crate::ProtocolDriver). The context is dropped.
    pub fn open(self, context: Context<B>, media: &'static [i32]) -> Result<Answered, NdisStatus> {
        if self.driver.is_null() {
            return Err(NdisStatus::FAILURE);
        }
        let (_, bind_context, parameters) = self.bind.raw;
        let opening = Handle::new(Opening { bind_context, selected_medium: AtomicU32::new(0) })?;
        let selected_medium = opening.selected_medium.as_ptr();
        let header = context.into_header();
        // SAFETY: the header is alive until the opening has failed or the closing has completed.
        let owned = unsafe { header.as_ref() };
        owned.special.store(opening.into_raw().cast(), Ordering::Release);
        let mut parameters = NDIS_OPEN_PARAMETERS {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_OPEN_PARAMETERS,
                Revision: NDIS_OPEN_PARAMETERS_REVISION_1,
                Size: NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1,
            },
            // SAFETY: NDIS keeps its parameters during the call.
            AdapterName: unsafe { (&raw const (*parameters).AdapterName).read() },
            MediumArray: media.as_ptr().cast_mut(),
            MediumArraySize: media.len() as u32,
            SelectedMediumIndex: selected_medium,
            FrameTypeArray: null_mut(),
            FrameTypeArraySize: 0,
        };
        // From here on the completion may run on another processor, so the call has pended already.
        let (pending, answered) = self.bind.pend();
        let _pending = ManuallyDrop::new(pending);
        // SAFETY: the handles are NDIS's; the context is alive, and with it where NDIS writes the binding's handle and the
        // medium.
        let status = unsafe {
            let binding = owned.ndis_handle.as_ptr();
            NdisOpenAdapterEx(self.driver, header.as_ptr().cast(), &raw mut parameters, bind_context, binding)
        };
        if NdisStatus::from_raw(status) != NdisStatus::PENDING {
            // SAFETY: the opening has ended so, and NDIS calls nothing for it.
            unsafe { opened(header.as_ptr().cast(), status) };
        }
        Ok(answered)
    }
}

/// What the opening of an adapter needs until it has ended.
struct Opening {
    /// What NDIS gave the driver for its answer.
    bind_context: NDIS_HANDLE,
    /// Where NDIS writes which medium it selected.
    selected_medium: AtomicU32,
}

// SAFETY: the handle is a value of NDIS's, which any thread may give back.
unsafe impl Send for Opening {}

/// A panic where the context of a binding that was not opened is dropped.
static OPENED: Site = Site { callback: PROTOCOL_BIND_ADAPTER_EX::NAME, panic: PanicAt::IsFatal };

/// Ends the opening of an adapter: NDIS gets the answer to the bind request, and when the opening failed the context is
/// dropped. It is what a driver's `OpenAdapterCompleteHandlerEx` is, or calls. IRQL: PASSIVE_LEVEL, where NDIS calls
/// that handler.
///
/// # Safety
///
/// NDIS passed the context, with this status, to the open complete handler; this is called once for it.
pub unsafe extern "system" fn opened(context: NDIS_HANDLE, status: NDIS_STATUS) {
    let Some(header) = NonNull::new(context.cast::<Header>()) else { return };
    // SAFETY: the header is alive until this frees it.
    let opening = unsafe { header.as_ref() }.special.swap(null_mut(), Ordering::AcqRel);
    if opening.is_null() {
        return;
    }
    // SAFETY: `open` put it there, and it was taken out once.
    let Opening { bind_context, .. } = unsafe { Handle::<Opening>::from_raw(opening.cast()) }.into_inner();
    let status = NdisStatus::from_raw(status);
    let raw = (null_mut(), bind_context, null_mut());
    // SAFETY: NDIS waits for it since the callback pended.
    unsafe { PROTOCOL_BIND_ADAPTER_EX::pay(null_mut(), raw, Payment::status(status)) };
    if !status.is_success() {
        // SAFETY: NDIS has no such binding, so nobody uses its context.
        clean_up(&OPENED, || unsafe { Header::free(header) });
    }
}

impl<B> fmt::Debug for BindRequest<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BindRequest").finish_non_exhaustive()
    }
}

impl Checked for PROTOCOL_BIND_ADAPTER_EX {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn check(raw: Self::Raw) -> Result<(), BreachKind> {
        const MINIMUM: u16 = NDIS_SIZEOF_BIND_PARAMETERS_REVISION_1;
        NonNull::new(raw.1).ok_or(BreachKind::NullPointer)?;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        unsafe { object::object(raw.2, NDIS_OBJECT_TYPE_BIND_PARAMETERS, MINIMUM) }.map(|_| ())
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: it is made from the callback's arguments, which were checked, and borrows the call.
unsafe impl<'c, const I: usize, B: 'static> Argument<'c, PROTOCOL_BIND_ADAPTER_EX, I, BindRequest<'c, words::T>>
    for BindRequest<'c, B>
where
    PROTOCOL_BIND_ADAPTER_EX: Place<'c, I>,
{
    type Context = B;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<PROTOCOL_BIND_ADAPTER_EX>) -> Result<Self, Refusal> {
        let driver = call.state.completion_handle().map_or(null_mut(), NonNull::as_ptr);
        // SAFETY: guaranteed by the caller.
        Ok(BindRequest { bind: unsafe { Operation::from_call(call) }?, driver, binding: PhantomData })
    }
}

impl<B: 'static> Kept for BindRequest<'static, B> {
    type Value = B;
}

/// A plug-and-play event: of one binding, or of the driver. Only the first can pend: without a binding there is no handle to
/// complete it with.
#[derive(Debug)]
pub enum ProtocolEvent<'call, B: 'static> {
    /// Of this binding.
    Binding(&'call B, Operation<'call, PROTOCOL_NET_PNP_EVENT>),
    /// Of the driver.
    Driver(DriverEvent<'call>),
}

/// A plug-and-play event that is about no binding.
pub struct DriverEvent<'call> {
    event: NonNull<NET_PNP_EVENT_NOTIFICATION>,
    scratch: &'call OperationScratch,
}

/// # Safety
///
/// The event was checked, and NDIS keeps it.
unsafe fn code(event: *const NET_PNP_EVENT_NOTIFICATION) -> i32 {
    // SAFETY: guaranteed by the caller; the field is in the first revision.
    unsafe { (&raw const (*event).NetPnPEvent.NetEvent).read() }
}

impl DriverEvent<'_> {
    /// Which event, `NetEvent*`.
    pub fn code(&self) -> i32 {
        // SAFETY: the event was checked, and NDIS keeps it during the call.
        unsafe { code(self.event.as_ptr()) }
    }

    /// NDIS gets `NDIS_STATUS_SUCCESS` when the function returns.
    pub fn done(self) -> Answered {
        self.scratch.set(Progress::Done);
        Answered::new()
    }

    /// NDIS gets the error's status when the function returns. (Or return the error.)
    pub fn fail<E: AnyError>(self, error: E) -> Answered {
        self.scratch.set(Progress::Failed(failure(&error)));
        Answered::new()
    }
}

impl fmt::Debug for DriverEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DriverEvent").field("code", &self.code()).finish()
    }
}

impl Operation<'_, PROTOCOL_NET_PNP_EVENT> {
    /// Which event, `NetEvent*`.
    pub fn code(&self) -> i32 {
        // SAFETY: the event was checked, and NDIS keeps it until it is answered.
        unsafe { code(self.raw.1) }
    }
}

impl Checked for PROTOCOL_NET_PNP_EVENT {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn check(raw: Self::Raw) -> Result<(), BreachKind> {
        const MINIMUM: u16 = NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        unsafe { object::object(raw.1, NDIS_OBJECT_TYPE_DEFAULT, MINIMUM) }.map(|_| ())
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: the binding's context is alive during the call; the event is checked and borrows the call.
unsafe impl<'c, const I: usize, B: 'static> Argument<'c, PROTOCOL_NET_PNP_EVENT, I, ProtocolEvent<'c, words::T>>
    for ProtocolEvent<'c, B>
where
    PROTOCOL_NET_PNP_EVENT: Place<'c, I>,
{
    type Context = B;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<PROTOCOL_NET_PNP_EVENT>) -> Result<Self, Refusal> {
        if PROTOCOL_NET_PNP_EVENT::context(call.raw).is_null() {
            // SAFETY: NDIS passed the arguments.
            unsafe { PROTOCOL_NET_PNP_EVENT::check(call.raw) }?;
            let event = object::pointer(call.raw.1)?;
            call.scratch().set(Progress::Open);
            return Ok(ProtocolEvent::Driver(DriverEvent { event, scratch: call.scratch() }));
        }
        // SAFETY: guaranteed by the caller.
        unsafe {
            let binding = lend::<PROTOCOL_NET_PNP_EVENT, B, I>(call)?;
            Ok(ProtocolEvent::Binding(&binding.value, Operation::from_call(call)?))
        }
    }
}

impl<B: 'static> Kept for ProtocolEvent<'static, B> {
    type Value = B;
}
