//! Chains of net buffer lists that a driver owns and must give back.

use core::ffi::c_void;
use core::fmt;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use crate::Irql;
use crate::argument;
use crate::breach::{self, BreachKind};
use crate::call::{Call, Refused, State};
use crate::callback::{Callback, MINIPORT_SEND_NET_BUFFER_LISTS};
use crate::object;
use crate::role::{Owned, Role};
use crate::sealed::Sealed;
use crate::status::NdisStatus;
use crate::sys::nbl::*;
use crate::sys::{NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL, NdisMSendNetBufferListsComplete};

/// A chain of net buffer lists that NDIS gave the driver to send. The driver keeps it as long as it needs and
/// completes it; dropped, it is completed with `NDIS_STATUS_FAILURE`. IRQL: up to DISPATCH_LEVEL.
#[must_use = "dropping it completes the lists with NDIS_STATUS_FAILURE"]
pub struct SendChain {
    first: NonNull<NET_BUFFER_LIST>,
    adapter: NonNull<c_void>,
}

// SAFETY: the lists are this value's until they are completed, from whatever thread.
unsafe impl Send for SendChain {}

impl SendChain {
    /// How many lists the chain has.
    pub fn len(&self) -> usize {
        let (mut length, mut next) = (0, self.first.as_ptr());
        while !next.is_null() {
            length += 1;
            // SAFETY: the chain is this value's, each list a live one until it is completed.
            next = unsafe { (&raw const (*next).Next).read() };
        }
        length
    }

    /// Never: a chain has at least one list.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Takes the first list off the chain; the rest, if any, is another chain.
    pub fn split_first(self) -> (SendChain, Option<SendChain>) {
        // SAFETY: as in `len`; the two chains share no list once the link is cut.
        let rest = unsafe { (&raw mut (*self.first.as_ptr()).Next).replace(core::ptr::null_mut()) };
        let rest = NonNull::new(rest).map(|first| SendChain { first, adapter: self.adapter });
        (self, rest)
    }

    /// Gives the lists back with this status each, `NdisMSendNetBufferListsComplete`.
    pub fn complete(self, status: NdisStatus) {
        ManuallyDrop::new(self).complete_with(status);
    }

    #[inline]
    fn complete_with(&self, status: NdisStatus) {
        let mut next = self.first.as_ptr();
        while !next.is_null() {
            // SAFETY: as in `len`; the status field is the sender's answer, the driver's to write.
            unsafe {
                (&raw mut (*next).Status).write(status.as_raw());
                next = (&raw const (*next).Next).read();
            }
        }
        let at_dispatch = Irql::current() == Irql::DISPATCH;
        let flags = if at_dispatch { NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL } else { 0 };
        // SAFETY: NDIS gave the lists with this adapter's send callback and gets each back once.
        unsafe { NdisMSendNetBufferListsComplete(self.adapter.as_ptr(), self.first.as_ptr(), flags) };
    }
}

impl Drop for SendChain {
    #[inline]
    fn drop(&mut self) {
        self.complete_with(NdisStatus::FAILURE);
    }
}

impl fmt::Debug for SendChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendChain").field("len", &self.len()).finish()
    }
}

impl Sealed for SendChain {}

impl<'c> argument::View<'c, MINIPORT_SEND_NET_BUFFER_LISTS, 1> for SendChain {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &'c Call<MINIPORT_SEND_NET_BUFFER_LISTS>) -> Result<Self, Refused> {
        let first = object::pointer(call.raw.1)?;
        let adapter = call.state.completion_handle().ok_or(BreachKind::NoNdisHandle)?;
        call.state.taken.set(true);
        Ok(SendChain { first, adapter })
    }
}

// SAFETY: the chain is the driver's from the call on; it is given back unless the function got it.
unsafe impl Role<PNET_BUFFER_LIST> for Owned {
    unsafe fn refuse(raw: PNET_BUFFER_LIST, state: &State) {
        let Ok(first) = object::pointer(raw) else { return };
        if state.taken.get() {
            return;
        }
        match state.completion_handle() {
            Some(adapter) => SendChain { first, adapter }.complete(NdisStatus::FAILURE),
            None => breach::report(MINIPORT_SEND_NET_BUFFER_LISTS::NAME, BreachKind::NoNdisHandle),
        }
    }
}
