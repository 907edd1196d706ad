//! Object identifier requests: queries, sets and methods, answered now or later; and those that a filter passes down.
#![allow(non_upper_case_globals)] // the names of C enumerators stand in patterns

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};

use crate::boundary::argument::Argument;
use crate::boundary::call::{Call, Refusal, State};
use crate::boundary::callback::Place;
use crate::boundary::object;
use crate::boundary::operation::{Answered, Checked, Operation, Owes, Payment, Pending};
use crate::callback::{FILTER_OID_REQUEST, MINIPORT_OID_REQUEST};
use crate::contract::breach::BreachKind;
use crate::contract::irql::Irql;
use crate::contract::status::NdisStatus;
use crate::stop::report::report;
use crate::sys::oid::*;
use crate::sys::{
    NDIS_HANDLE, NDIS_OBJECT_TYPE_OID_REQUEST, NDIS_STATUS, NdisAllocateCloneOidRequest, NdisFOidRequest,
    NdisFreeCloneOidRequest,
};

/// What a request asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum OidKind {
    /// Read an object: `NdisRequestQueryInformation` or `NdisRequestQueryStatistics`.
    Query,
    /// Change an object: `NdisRequestSetInformation`.
    Set,
    /// Write to and read from an object in one go: `NdisRequestMethod`.
    Method,
    /// A value that this version does not know.
    Unknown(i32),
}

/// Callbacks whose operation is a request.
pub trait OidOperation: Checked {
    /// The request among the arguments.
    #[doc(hidden)]
    fn request(raw: Self::Raw) -> PNDIS_OID_REQUEST;
}

/// A request at a miniport.
pub type MiniportOidRequest<'call> = Operation<'call, MINIPORT_OID_REQUEST>;
/// A request at a filter.
pub type FilterOidRequest<'call> = Operation<'call, FILTER_OID_REQUEST>;

macro_rules! requests {
    ($($callback:ident)*) => {
        $(
            impl OidOperation for $callback {
                fn request(raw: Self::Raw) -> PNDIS_OID_REQUEST {
                    raw.1
                }
            }

            impl Checked for $callback {
                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn check(raw: Self::Raw) -> Result<(), BreachKind> {
                    // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
                    unsafe { checked(raw.1) }.map(|_| ())
                }
            }
        )*
    };
}

requests! { MINIPORT_OID_REQUEST FILTER_OID_REQUEST }

/// # Safety
///
/// `request`, if it is not NULL and aligned, points to at least a header.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn checked(request: PNDIS_OID_REQUEST) -> Result<NonNull<NDIS_OID_REQUEST>, BreachKind> {
    // SAFETY: guaranteed by the caller.
    unsafe { object::object(request, NDIS_OBJECT_TYPE_OID_REQUEST, NDIS_SIZEOF_OID_REQUEST_REVISION_1) }
}

impl<K: OidOperation> Operation<'_, K> {
    /// What the request asks for, `RequestType`.
    pub fn kind(&self) -> OidKind {
        // SAFETY: NDIS leaves the request to the driver until it is answered; the field is in its first revision.
        match unsafe { (&raw const (*K::request(self.raw)).RequestType).read() } {
            NdisRequestQueryInformation | NdisRequestQueryStatistics => OidKind::Query,
            NdisRequestSetInformation => OidKind::Set,
            NdisRequestMethod => OidKind::Method,
            other => OidKind::Unknown(other),
        }
    }

    /// The object, `OID_*`.
    pub fn oid(&self) -> u32 {
        // SAFETY: as above; all three members of the union begin with the object.
        unsafe { (&raw const (*K::request(self.raw)).DATA.QUERY_INFORMATION.Oid).read() }
    }
}

impl Operation<'_, FILTER_OID_REQUEST> {
    /// Passes the request down: NDIS gets a clone of it, and the request is completed when the clone is, at once or in
    /// FILTER_OID_REQUEST_COMPLETE. Without memory for the clone it fails with `NDIS_STATUS_RESOURCES`. IRQL: up to
    /// DISPATCH_LEVEL.
    pub fn forward(self) -> Answered {
        let (module, request) = (self.handle, self.raw.1);
        let mut clone = null_mut();
        // SAFETY: NDIS gave this filter module the request, and the handle is the module's.
        let status =
            unsafe { NdisAllocateCloneOidRequest(module, request, u32::from_le_bytes(*b"ndis"), &raw mut clone) };
        if !NdisStatus::from_raw(status).is_success() {
            return self.fail(NdisStatus::from_raw(status));
        }
        // From here on the completion may run on another processor, so the call has pended already.
        let (pending, answered) = self.pend();
        let pending = ManuallyDrop::new(pending);
        // SAFETY: the clone is live and this module's; the original lives until it is completed.
        let status = unsafe {
            (&raw mut (*clone).RequestId).write((&raw const (*request).RequestId).read());
            original(clone).write(request);
            NdisFOidRequest(module, clone)
        };
        let status = NdisStatus::from_raw(status);
        if status != NdisStatus::PENDING {
            // SAFETY: the clone was completed, and NDIS calls nothing for it.
            unsafe { take_original(module, clone) };
            complete(ManuallyDrop::into_inner(pending), status);
        }
        answered
    }
}

/// Completes a request with the status of its clone.
fn complete(pending: Pending<FILTER_OID_REQUEST>, status: NdisStatus) {
    if status.is_success() { pending.complete() } else { pending.fail(status) }
}

/// Where a clone has its original: in the room of the driver that made it.
///
/// # Safety
///
/// `clone` is a live request of this driver's.
unsafe fn original(clone: PNDIS_OID_REQUEST) -> *mut PNDIS_OID_REQUEST {
    // SAFETY: guaranteed by the caller.
    unsafe { (&raw mut (*clone).SourceReserved).cast() }
}

/// Copies what the drivers below answered from a clone to its original, frees the clone, and returns the original.
///
/// # Safety
///
/// The clone was made by `forward`, and has been completed; the original was not.
unsafe fn take_original(module: NDIS_HANDLE, clone: PNDIS_OID_REQUEST) -> PNDIS_OID_REQUEST {
    // SAFETY: guaranteed by the caller: both are live requests, of the same kind.
    unsafe {
        let to = original(clone).replace(null_mut());
        match (&raw const (*clone).RequestType).read() {
            NdisRequestSetInformation => {
                let (to, from) = (&raw mut (*to).DATA.SET_INFORMATION, &raw const (*clone).DATA.SET_INFORMATION);
                (*to).BytesRead = (*from).BytesRead;
                (*to).BytesNeeded = (*from).BytesNeeded;
            }
            NdisRequestMethod => {
                let (to, from) = (&raw mut (*to).DATA.METHOD_INFORMATION, &raw const (*clone).DATA.METHOD_INFORMATION);
                (*to).OutputBufferLength = (*from).OutputBufferLength;
                (*to).BytesRead = (*from).BytesRead;
                (*to).BytesWritten = (*from).BytesWritten;
                (*to).BytesNeeded = (*from).BytesNeeded;
            }
            _ => {
                let (to, from) = (&raw mut (*to).DATA.QUERY_INFORMATION, &raw const (*clone).DATA.QUERY_INFORMATION);
                (*to).BytesWritten = (*from).BytesWritten;
                (*to).BytesNeeded = (*from).BytesNeeded;
            }
        }
        NdisFreeCloneOidRequest(module, clone);
        to
    }
}

/// The C arguments of a callback that brings a clone back.
type Completion = (NDIS_HANDLE, PNDIS_OID_REQUEST, NDIS_STATUS);

/// A request that a filter passed down, on its way up. After the function, or dropped, the runtime copies the answer into the
/// original and completes it.
pub struct ForwardedOid<'call> {
    module: NDIS_HANDLE,
    clone: NonNull<NDIS_OID_REQUEST>,
    raw: Completion,
    pay: unsafe fn(NDIS_HANDLE, Completion, Payment),
    call: PhantomData<&'call ()>,
}

impl ForwardedOid<'_> {
    /// The object, `OID_*`.
    pub fn oid(&self) -> u32 {
        // SAFETY: the clone is this value's.
        unsafe { (&raw const (*self.clone.as_ptr()).DATA.QUERY_INFORMATION.Oid).read() }
    }

    /// How it was answered below.
    pub fn status(&self) -> NdisStatus {
        NdisStatus::from_raw(self.raw.2)
    }
}

impl Drop for ForwardedOid<'_> {
    fn drop(&mut self) {
        // SAFETY: NDIS gave the clone back with this call; its original is owed since `forward`.
        unsafe {
            let original = take_original(self.module, self.clone.as_ptr());
            let payment = Payment { original: original.cast(), ..Payment::status(self.status()) };
            (self.pay)(self.module, self.raw, payment);
        }
    }
}

impl fmt::Debug for ForwardedOid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForwardedOid").field("oid", &self.oid()).field("status", &self.status()).finish()
    }
}

/// The request that comes back in a call.
///
/// # Safety
///
/// NDIS passed the arguments; the request is taken once.
unsafe fn forwarded<'c, K: Owes<Raw = Completion>>(
    raw: Completion,
    state: &State,
) -> Result<ForwardedOid<'c>, BreachKind> {
    // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
    let clone = unsafe { checked(raw.1) }?;
    let module = state.completion_handle().ok_or(BreachKind::NoNdisHandle)?.as_ptr();
    Ok(ForwardedOid { module, clone, raw, pay: K::pay, call: PhantomData })
}

#[diagnostic::do_not_recommend]
// SAFETY: the clone is the driver's own, which comes back.
unsafe impl<'c, K, const I: usize> Argument<'c, K, I, ForwardedOid<'c>> for ForwardedOid<'c>
where
    K: Owes<Raw = Completion> + Place<'c, I>,
{
    type Context = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<K>) -> Result<Self, Refusal> {
        // SAFETY: guaranteed by the caller.
        let forwarded = unsafe { forwarded::<K>(call.raw, &call.state) }?;
        call.state.taken.set(true);
        Ok(forwarded)
    }
}

/// Completes the original of a request that the function did not get.
///
/// # Safety
///
/// NDIS passed `raw`, and `state` says whether the function got the request.
pub(crate) unsafe fn settle_forwarded<K: Owes<Raw = Completion>, const I: usize>(raw: Completion, state: &State) {
    if state.taken.get() {
        return;
    }
    if Irql::current() > Irql::DISPATCH {
        return report(K::NAME, BreachKind::NotGivenBack);
    }
    // SAFETY: guaranteed by the caller.
    match unsafe { forwarded::<K>(raw, state) } {
        Ok(forwarded) => drop(forwarded),
        Err(BreachKind::NoNdisHandle) => report(K::NAME, BreachKind::NoNdisHandle),
        Err(_) => {} // that was reported
    }
}
