//! CoNDIS: what the callbacks of clients and call managers see.

use core::ffi::c_void;
use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::boundary::argument::from_c;
use crate::boundary::operation::{Checked, Operation};
use crate::callback::PROTOCOL_CM_CLOSE_AF;
use crate::contract::breach::BreachKind;
use crate::sys::NDIS_HANDLE;

/// An address family is to be closed. It cannot be refused. Dropped, it counts as done. The context of the address family is
/// dropped when it is done and the function has returned.
pub type CmCloseAf<'call> = Operation<'call, PROTOCOL_CM_CLOSE_AF>;

impl Checked for PROTOCOL_CM_CLOSE_AF {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn check(_raw: Self::Raw) -> Result<(), BreachKind> {
        Ok(())
    }
}

/// NDIS's handle of a virtual connection that is being made, `NdisVcHandle`.
#[derive(Clone, Copy)]
pub struct VcHandle<'call> {
    raw: NonNull<c_void>,
    call: PhantomData<&'call ()>,
}

impl VcHandle<'_> {
    /// The raw handle, for an NDIS function this crate does not wrap.
    pub fn as_raw(&self) -> NDIS_HANDLE {
        self.raw.as_ptr()
    }
}

impl fmt::Debug for VcHandle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VcHandle").field(&self.raw).finish()
    }
}

from_c! { VcHandle<'c> from NDIS_HANDLE; |raw, _| {
    Ok(VcHandle { raw: NonNull::new(raw).ok_or(BreachKind::NullPointer)?, call: PhantomData })
} }
