//! Filter modules: what a filter driver's callbacks see, and the context that attaching makes.

use core::ffi::c_void;
use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::boundary::argument::{from_c, words};
use crate::boundary::call::{Call, State};
use crate::boundary::callback::Callback;
use crate::boundary::object;
use crate::boundary::operation::{Checked, Operation};
use crate::boundary::outcome::{Delivered, Finished, Outcome, fail};
use crate::callback::{FILTER_ATTACH, FILTER_PAUSE};
use crate::contract::breach::BreachKind;
use crate::contract::irql::Irql;
use crate::contract::status::NdisStatus;
use crate::stop::report::report;
use crate::sys::filter::*;
use crate::sys::{
    NDIS_HANDLE, NDIS_OBJECT_HEADER, NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS, NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES,
    NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS, NDIS_OBJECT_TYPE_STATUS_INDICATION,
    NDIS_SIZEOF_STATUS_INDICATION_REVISION_1, NDIS_STATUS_INDICATION, NdisFSetAttributes, PNDIS_STATUS_INDICATION,
};
use crate::value::context::Context;
use crate::value::error::AnyError;

/// The adapter that a filter module is being attached to, `NDIS_FILTER_ATTACH_PARAMETERS`, with NDIS's handle of the module.
///
/// The runtime keeps the handle beside the module's context, for what is completed through it later.
pub struct FilterAttach<'call> {
    parameters: NonNull<NDIS_FILTER_ATTACH_PARAMETERS>,
    module: NonNull<c_void>,
    call: PhantomData<&'call ()>,
}

impl FilterAttach<'_> {
    /// NDIS's handle of the module, `NdisFilterHandle`, for an NDIS function this crate does not wrap.
    pub fn as_raw(&self) -> NDIS_HANDLE {
        self.module.as_ptr()
    }

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

impl fmt::Debug for FilterAttach<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilterAttach")
            .field("interface_index", &self.interface_index())
            .field("miniport_interface_index", &self.miniport_interface_index())
            .field("mac_address", &self.mac_address())
            .finish()
    }
}

from_c! { FilterAttach<'c> from (PNDIS_FILTER_ATTACH_PARAMETERS, NDIS_HANDLE); |(parameters, handle), _| {
    const MINIMUM: u16 = NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1;
    let module = NonNull::new(handle).ok_or(BreachKind::NullPointer)?;
    // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
    let parameters = unsafe { object::object(parameters, NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS, MINIMUM) }?;
    Ok(FilterAttach { parameters, module, call: PhantomData })
} }

#[diagnostic::do_not_recommend]
// SAFETY: NDIS gets the context, as the outcome says.
unsafe impl<T: 'static, E> Outcome<FILTER_ATTACH, Result<Context<words::T>, words::E>> for Result<Context<T>, E> {
    type Error = E;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<FILTER_ATTACH>) -> Finished<FILTER_ATTACH>
    where
        E: AnyError,
    {
        let context = match self {
            Ok(context) => context,
            Err(error) => return fail(error, call),
        };
        call.leave()?;
        let (module, ..) = call.raw;
        context.header().ndis_handle.store(module, Ordering::Release);
        let mut attributes = NDIS_FILTER_ATTRIBUTES {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES,
                Revision: NDIS_FILTER_ATTRIBUTES_REVISION_1,
                Size: NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1,
            },
            Flags: 0,
        };
        // SAFETY: the handle is the one NDIS passed to this attach callback; the context is alive.
        let status = unsafe { NdisFSetAttributes(module, context.as_raw(), &raw mut attributes) };
        if NdisStatus::from_raw(status).is_success() {
            let _ = context.into_raw();
        }
        Ok(Delivered(status))
    }
}

/// A filter module is to stop its data flow, `NDIS_FILTER_PAUSE_PARAMETERS`. It cannot be refused. Dropped, it counts as done.
pub type FilterPause<'call> = Operation<'call, FILTER_PAUSE>;

impl Operation<'_, FILTER_PAUSE> {
    /// Why NDIS pauses the module, `PauseReason` (`NDIS_PAUSE_*`).
    pub fn reason(&self) -> u32 {
        // SAFETY: NDIS keeps the structure unchanged during the call; the field is in its first revision.
        unsafe { (&raw const (*self.raw.1).PauseReason).read() }
    }
}

impl Checked for FILTER_PAUSE {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn check(raw: Self::Raw) -> Result<(), BreachKind> {
        const MINIMUM: u16 = NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        unsafe { object::object(raw.1, NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS, MINIMUM) }.map(|_| ())
    }
}

/// A status that a driver below indicates, `NDIS_STATUS_INDICATION`.
pub struct StatusIndication<'call> {
    indication: NonNull<NDIS_STATUS_INDICATION>,
    call: PhantomData<&'call ()>,
}

impl StatusIndication<'_> {
    /// What is indicated, `StatusCode` (`NDIS_STATUS_*`).
    pub fn code(&self) -> NdisStatus {
        // SAFETY: NDIS keeps the structure unchanged during the call; the field is in its first revision.
        NdisStatus::from_raw(unsafe { (&raw const (*self.indication.as_ptr()).StatusCode).read() })
    }

    /// The structure, for what this crate does not read of it.
    pub fn as_raw(&self) -> PNDIS_STATUS_INDICATION {
        self.indication.as_ptr()
    }
}

impl fmt::Debug for StatusIndication<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusIndication").field("code", &self.code()).finish()
    }
}

from_c! { StatusIndication<'c> from PNDIS_STATUS_INDICATION; |raw, _| {
    const MINIMUM: u16 = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
    let indication = unsafe { object::object(raw, NDIS_OBJECT_TYPE_STATUS_INDICATION, MINIMUM) }?;
    Ok(StatusIndication { indication, call: PhantomData })
} }

/// What becomes of something that NDIS passes through a filter. The function says it; when it did not run, it goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use = "return it"]
pub enum Pass {
    /// It goes on to the next driver.
    On,
    /// It ends here.
    Stop,
}

/// A callback whose call is passed on: `settles` in its entry says how.
pub trait Settles: Callback {
    /// Passes a call on.
    ///
    /// # Safety
    ///
    /// NDIS passed the arguments, for the object of this handle; the driver did not pass them on.
    unsafe fn pass_on(handle: NDIS_HANDLE, raw: Self::Raw);
}

/// Passes a call on that the function did not get.
///
/// # Safety
///
/// NDIS passed the arguments. What is wrong with them is for the next driver to see.
pub(crate) unsafe fn pass_on<K: Settles>(raw: K::Raw, state: &State) {
    if Irql::current() > Irql::DISPATCH {
        report(K::NAME, BreachKind::NotGivenBack);
    } else if let Some(handle) = state.completion_handle() {
        // SAFETY: guaranteed by the caller.
        unsafe { K::pass_on(handle.as_ptr(), raw) };
    } else {
        report(K::NAME, BreachKind::NoNdisHandle);
    }
}

/// The C form: the function passes on by itself what it took.
#[diagnostic::do_not_recommend]
// SAFETY: C gets nothing.
unsafe impl<K: Settles + Callback<Return = ()>> Outcome<K, Pass> for () {
    type Error = NdisStatus;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
        call.leave()?;
        Ok(Delivered(()))
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: as the outcome says.
unsafe impl<K: Settles + Callback<Return = ()>> Outcome<K, Pass> for Pass {
    type Error = NdisStatus;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
        call.leave()?;
        if self == Pass::On {
            // SAFETY: NDIS passed the arguments, and the function did not pass them on.
            unsafe { pass_on::<K>(call.raw, &call.state) };
        }
        Ok(Delivered(()))
    }
}
