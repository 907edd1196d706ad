//! Filter modules: what a filter driver's callbacks see, and the context that attaching makes.

use core::ffi::c_void;
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::argument;
use crate::breach::BreachKind;
use crate::call::{Call, Refused};
use crate::callback::{FILTER_ATTACH, FILTER_PAUSE};
use crate::context::{Context, ContextValue};
use crate::error::AnyError;
use crate::object;
use crate::operation::{Answered, OperationStage, Progress};
use crate::outcome::{self, error_status};
use crate::sealed::Sealed;
use crate::status::NdisStatus;
use crate::sys::filter::*;
use crate::sys::{
    NDIS_HANDLE, NDIS_OBJECT_HEADER, NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS, NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES,
    NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS, NdisFPauseComplete, NdisFSetAttributes,
};

/// NDIS's handle of a filter module that is being attached, `NdisFilterHandle`.
///
/// The runtime keeps it beside the module's context, for what is completed through it later.
#[derive(Clone, Copy)]
pub struct FilterModuleHandle<'call> {
    raw: NonNull<c_void>,
    call: PhantomData<&'call ()>,
}

impl FilterModuleHandle<'_> {
    /// The raw handle, for an NDIS function this crate does not wrap.
    pub fn as_raw(&self) -> NDIS_HANDLE {
        self.raw.as_ptr()
    }
}

impl fmt::Debug for FilterModuleHandle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FilterModuleHandle").field(&self.raw).finish()
    }
}

impl Sealed for FilterModuleHandle<'_> {}

impl<'c> argument::View<'c, FILTER_ATTACH, 0> for FilterModuleHandle<'c> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &'c Call<FILTER_ATTACH>) -> Result<Self, Refused> {
        let handle = NonNull::new(call.raw.0).ok_or(BreachKind::NullPointer)?;
        call.state.ndis_handle.set(call.raw.0);
        Ok(FilterModuleHandle { raw: handle, call: PhantomData })
    }
}

/// The adapter a filter module is being attached to, `NDIS_FILTER_ATTACH_PARAMETERS`.
pub struct FilterAttachParameters<'call> {
    parameters: NonNull<NDIS_FILTER_ATTACH_PARAMETERS>,
    call: PhantomData<&'call ()>,
}

impl FilterAttachParameters<'_> {
    /// The interface index of the filter module, `IfIndex`.
    pub fn interface_index(&self) -> u32 {
        // SAFETY: NDIS keeps the structure unchanged during the call; the field is in its first revision.
        unsafe { (&raw const (*self.parameters.as_ptr()).IfIndex).read() }
    }

    /// The interface index of the miniport adapter at the bottom of the stack, `BaseMiniportIfIndex`.
    pub fn miniport_interface_index(&self) -> u32 {
        // SAFETY: as above.
        unsafe { (&raw const (*self.parameters.as_ptr()).BaseMiniportIfIndex).read() }
    }

    /// The current MAC address of the adapter; empty if its stated length is more than a MAC address can have.
    pub fn mac_address(&self) -> &[u8] {
        // SAFETY: as above; the address is an array inside the structure, which lives as long as `self`.
        unsafe {
            let length = (&raw const (*self.parameters.as_ptr()).MacAddressLength).read();
            let address = &raw const (*self.parameters.as_ptr()).CurrentMacAddress;
            let address = &*address;
            address.get(..length.into()).unwrap_or_default()
        }
    }
}

impl fmt::Debug for FilterAttachParameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilterAttachParameters")
            .field("interface_index", &self.interface_index())
            .field("miniport_interface_index", &self.miniport_interface_index())
            .field("mac_address", &self.mac_address())
            .finish()
    }
}

impl Sealed for FilterAttachParameters<'_> {}

impl<'c> argument::View<'c, FILTER_ATTACH, 2> for FilterAttachParameters<'c> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &'c Call<FILTER_ATTACH>) -> Result<Self, Refused> {
        const MINIMUM: u16 = NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        let parameters = unsafe { object::object(call.raw.2, NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS, MINIMUM) }?;
        Ok(FilterAttachParameters { parameters, call: PhantomData })
    }
}

impl<T: ContextValue, E: AnyError> outcome::Attached<FILTER_ATTACH> for Result<Context<T>, E> {
    const STATUSES: Option<&'static [NdisStatus]> = E::STATUSES;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish(self, call: &Call<FILTER_ATTACH>) -> Result<i32, Refused> {
        let context = match self {
            Ok(context) => context,
            Err(error) => {
                let status = error_status(&error)?;
                drop(error);
                call.leave()?;
                return Ok(status.as_raw());
            }
        };
        call.leave()?;
        let module = call.state.ndis_handle.get();
        context.header().ndis_handle.store(module, Ordering::Release);
        let mut attributes = NDIS_FILTER_ATTRIBUTES {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES,
                Revision: NDIS_FILTER_ATTRIBUTES_REVISION_1,
                Size: NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1,
            },
            Flags: 0,
        };
        // SAFETY: the handle is the one NDIS passed to this attach callback, by the caller's word; the context is alive.
        let status = unsafe { NdisFSetAttributes(module, context.as_raw(), &raw mut attributes) };
        if NdisStatus::from_raw(status).is_success() {
            context.into_raw();
        }
        Ok(status)
    }
}

/// A filter module is to stop its data flow, `NDIS_FILTER_PAUSE_PARAMETERS`: at once ([`done`](Self::done)) or later
/// ([`pend`](Self::pend)). It cannot be refused. Dropped, it counts as done.
pub struct FilterPause<'call> {
    parameters: NonNull<NDIS_FILTER_PAUSE_PARAMETERS>,
    module: NonNull<c_void>,
    stage: &'call OperationStage,
}

impl<'call> FilterPause<'call> {
    /// Why NDIS pauses the module, `PauseReason` (`NDIS_PAUSE_*`).
    pub fn reason(&self) -> u32 {
        // SAFETY: NDIS keeps the structure unchanged during the call; the field is in its first revision.
        unsafe { (&raw const (*self.parameters.as_ptr()).PauseReason).read() }
    }

    /// The module is paused: NDIS gets `NDIS_STATUS_SUCCESS` when the function returns.
    pub fn done(self) -> Answered {
        Answered::new()
    }

    /// The module will be paused: NDIS gets `NDIS_STATUS_PENDING`, whatever the function does after this.
    pub fn pend(self) -> (PendingFilterPause, Answered) {
        let this = ManuallyDrop::new(self);
        this.stage.set(Progress::Pended);
        (PendingFilterPause { module: this.module }, Answered::new())
    }
}

impl Drop for FilterPause<'_> {
    fn drop(&mut self) {
        self.stage.set(Progress::Done);
    }
}

impl fmt::Debug for FilterPause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilterPause").field("reason", &self.reason()).finish()
    }
}

impl Sealed for FilterPause<'_> {}

impl<'c> argument::View<'c, FILTER_PAUSE, 1> for FilterPause<'c> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &'c Call<FILTER_PAUSE>) -> Result<Self, Refused> {
        const MINIMUM: u16 = NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        let parameters = unsafe { object::object(call.raw.1, NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS, MINIMUM) }?;
        let module = call.state.completion_handle().ok_or(BreachKind::NoNdisHandle)?;
        Ok(FilterPause { parameters, module, stage: call.stage() })
    }
}

/// A pause that NDIS waits for. Dropping it tells NDIS that the module is paused, `NdisFPauseComplete`, as
/// [`complete`](Self::complete) does; a forgotten one leaves NDIS waiting for ever. IRQL: up to DISPATCH_LEVEL.
#[must_use = "dropping it tells NDIS that the filter module is paused"]
pub struct PendingFilterPause {
    module: NonNull<c_void>,
}

// SAFETY: the handle may be used from any thread until the pause is completed, which this value does once.
unsafe impl Send for PendingFilterPause {}

impl PendingFilterPause {
    /// Tells NDIS that the module is paused.
    pub fn complete(self) {
        drop(self);
    }
}

impl Drop for PendingFilterPause {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: NDIS waits for this completion since the callback pended it, and keeps the module until then.
        unsafe { NdisFPauseComplete(self.module.as_ptr()) };
    }
}

impl fmt::Debug for PendingFilterPause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PendingFilterPause").field(&self.module).finish()
    }
}
