//! A miniport adapter being initialized: NDIS gets its context inside the callback, and gives it up when that fails.

use core::cell::Cell;
use core::ffi::c_void;
use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::boundary::argument::{from_c, words};
use crate::boundary::call::{Call, Scratch};
use crate::boundary::callback::Callback;
use crate::boundary::object;
use crate::boundary::outcome::{Delivered, Finished, Kept, Outcome, fail};
use crate::contract::breach::BreachKind;
use crate::contract::status::NdisStatus;
use crate::sys::miniport::*;
use crate::sys::{
    NDIS_HANDLE, NDIS_OBJECT_HEADER, NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
    NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS, NDIS_STATUS_SUCCESS, NdisMSetMiniportAttributes,
};
use crate::value::block::Header;
use crate::value::context::{Context, ContextValue};
use crate::value::error::AnyError;

/// What a call has made so far. It ends with the call, unless that succeeds.
#[derive(Debug, Default)]
pub struct InitializeScratch {
    context: Cell<Option<NonNull<Header>>>,
}

impl Scratch<i32> for InitializeScratch {
    fn forget(&self) {
        if let Some(context) = self.context.take() {
            // SAFETY: the scratch owns the context; the call failed, after which NDIS calls nothing with it.
            unsafe { Header::free(context) };
        }
    }
}

/// An adapter that is being initialized, `NDIS_MINIPORT_INIT_PARAMETERS`, with NDIS's handle of it.
pub struct MiniportInit<'call> {
    parameters: NonNull<NDIS_MINIPORT_INIT_PARAMETERS>,
    adapter: NonNull<c_void>,
    scratch: &'call InitializeScratch,
}

/// What NDIS must know of an adapter before anything else, `NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES`.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistrationAttributes {
    /// `NDIS_MINIPORT_ATTRIBUTES_*`
    pub flags: u32,
    /// How often NDIS asks whether the hardware hangs, in seconds; 0 for NDIS's own choice.
    pub check_for_hang_seconds: u32,
    /// The kind of bus, `NdisInterface*`.
    pub interface: i32,
}

impl MiniportInit<'_> {
    /// NDIS's handle of the adapter, `NdisMiniportHandle`, for an NDIS function this crate does not wrap.
    pub fn as_raw(&self) -> NDIS_HANDLE {
        self.adapter.as_ptr()
    }

    /// The interface index of the adapter, `IfIndex`.
    pub fn interface_index(&self) -> u32 {
        // SAFETY: NDIS keeps the structure unchanged during the call; the field is in its first revision.
        unsafe { (&raw const (*self.parameters.as_ptr()).IfIndex).read() }
    }

    /// Gives NDIS the adapter's context, `NdisMSetMiniportAttributes`. NDIS may call with it from now on. If the function
    /// fails after this, the context is dropped. IRQL: PASSIVE_LEVEL.
    ///
    /// # Errors
    ///
    /// NDIS's status, or `NDIS_STATUS_FAILURE` the second time. The context is dropped.
    pub fn register<T: ContextValue>(
        &self,
        context: Context<T>,
        attributes: RegistrationAttributes,
    ) -> Result<Initialized<T>, NdisStatus> {
        if self.scratch.context.get().is_some() {
            return Err(NdisStatus::FAILURE);
        }
        context.header().ndis_handle.store(self.adapter.as_ptr(), Ordering::Release);
        let mut registration = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                Revision: NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                Size: NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
            },
            MiniportAdapterContext: context.as_raw(),
            AttributeFlags: attributes.flags,
            CheckForHangTimeInSeconds: attributes.check_for_hang_seconds,
            InterfaceType: attributes.interface,
        };
        // SAFETY: the handle is the one NDIS passed to the initialization that is running; the context is alive.
        let status = unsafe { NdisMSetMiniportAttributes(self.adapter.as_ptr(), (&raw mut registration).cast()) };
        let status = NdisStatus::from_raw(status);
        if !status.is_success() {
            return Err(status);
        }
        self.scratch.context.set(Some(context.into_header()));
        Ok(Initialized(PhantomData))
    }
}

impl fmt::Debug for MiniportInit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MiniportInit").field("interface_index", &self.interface_index()).finish()
    }
}

from_c! { MiniportInit<'c> from (PNDIS_MINIPORT_INIT_PARAMETERS, NDIS_HANDLE), InitializeScratch;
    |(parameters, handle), _, scratch| {
        const MINIMUM: u16 = NDIS_SIZEOF_MINIPORT_INIT_PARAMETER_REVISION_1;
        let adapter = NonNull::new(handle).ok_or(BreachKind::NullPointer)?;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        let parameters = unsafe { object::object(parameters, NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS, MINIMUM) }?;
        Ok(MiniportInit { parameters, adapter, scratch })
    }
}

/// NDIS has the adapter's context.
#[must_use = "return it: it says that NDIS has the context"]
pub struct Initialized<T>(PhantomData<*mut T>);

impl<T> fmt::Debug for Initialized<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Initialized")
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: NDIS has the context, as the outcome says.
unsafe impl<K, T: 'static, E> Outcome<K, Result<Initialized<words::T>, words::E>> for Result<Initialized<T>, E>
where
    K: Callback<Return = i32, Scratch = InitializeScratch>,
{
    type Error = E;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K>
    where
        E: AnyError,
    {
        match self {
            Ok(Initialized(_)) => {
                call.leave()?;
                // An `Initialized` of another call proves nothing.
                let context = call.scratch().context.get().ok_or(BreachKind::NotMade)?;
                // SAFETY: the scratch owns the context.
                if !unsafe { context.as_ref() }.is_of::<T>() {
                    return Err(BreachKind::NotMade.into());
                }
                call.scratch().context.take();
                Ok(Delivered(NDIS_STATUS_SUCCESS))
            }
            Err(error) => {
                call.scratch().forget();
                fail(error, call)
            }
        }
    }
}

impl<T: ContextValue, E> Kept for Result<Initialized<T>, E> {
    type Value = T;
}
