//! Object identifier requests: queries, sets and methods that a miniport answers now or later.
#![allow(non_upper_case_globals)] // the names of C enumerators stand in patterns

use core::ffi::c_void;
use core::fmt;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use crate::argument;
use crate::breach::BreachKind;
use crate::call::{Call, Refused};
use crate::callback::MINIPORT_OID_REQUEST;
use crate::error::AnyError;
use crate::object;
use crate::operation::{Answered, OperationStage, Progress, completion_status};
use crate::sealed::Sealed;
use crate::status::NdisStatus;
use crate::sys::oid::*;
use crate::sys::{NDIS_OBJECT_TYPE_OID_REQUEST, NdisMOidRequestComplete};

/// What a request asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum OidRequestKind {
    /// Read an object: `NdisRequestQueryInformation` or `NdisRequestQueryStatistics`.
    Query,
    /// Change an object: `NdisRequestSetInformation`.
    Set,
    /// Write to and read from an object in one go: `NdisRequestMethod`.
    Method,
    /// A value that this version does not know.
    Unknown(i32),
}

/// A request about an object of the adapter, `NDIS_OID_REQUEST`: answered at once ([`done`](Self::done), or an error
/// returned by the function) or later ([`pend`](Self::pend)).
pub struct OidRequest<'call> {
    request: NonNull<NDIS_OID_REQUEST>,
    adapter: NonNull<c_void>,
    stage: &'call OperationStage,
}

impl OidRequest<'_> {
    /// What the request asks for, `RequestType`.
    pub fn kind(&self) -> OidRequestKind {
        // SAFETY: NDIS leaves the request to the driver until it is answered; the field is in its first revision.
        match unsafe { (&raw const (*self.request.as_ptr()).RequestType).read() } {
            NdisRequestQueryInformation | NdisRequestQueryStatistics => OidRequestKind::Query,
            NdisRequestSetInformation => OidRequestKind::Set,
            NdisRequestMethod => OidRequestKind::Method,
            other => OidRequestKind::Unknown(other),
        }
    }

    /// The object, `OID_*`.
    pub fn oid(&self) -> u32 {
        // SAFETY: as above; all three members of the union begin with the object.
        unsafe { (&raw const (*self.request.as_ptr()).DATA.QUERY_INFORMATION.Oid).read() }
    }

    /// The request is carried out: NDIS gets `NDIS_STATUS_SUCCESS` when the function returns `Ok`.
    pub fn done(self) -> Answered {
        self.stage.set(Progress::Done);
        Answered::new()
    }

    /// The request will be answered: NDIS gets `NDIS_STATUS_PENDING`, whatever the function does after this.
    pub fn pend(self) -> (PendingOidRequest, Answered) {
        self.stage.set(Progress::Pended);
        (PendingOidRequest { request: self.request, adapter: self.adapter }, Answered::new())
    }
}

impl fmt::Debug for OidRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidRequest").field("kind", &self.kind()).field("oid", &self.oid()).finish()
    }
}

impl Sealed for OidRequest<'_> {}

impl<'c> argument::View<'c, MINIPORT_OID_REQUEST, 1> for OidRequest<'c> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &'c Call<MINIPORT_OID_REQUEST>) -> Result<Self, Refused> {
        const MINIMUM: u16 = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        let request = unsafe { object::object(call.raw.1, NDIS_OBJECT_TYPE_OID_REQUEST, MINIMUM) }?;
        let adapter = call.state.completion_handle().ok_or(BreachKind::NoNdisHandle)?;
        Ok(OidRequest { request, adapter, stage: call.stage() })
    }
}

/// A request that NDIS waits for. Dropped, it is completed with `NDIS_STATUS_REQUEST_ABORTED`; a forgotten one leaves
/// NDIS waiting for ever. IRQL: up to DISPATCH_LEVEL.
#[must_use = "dropping it aborts the request"]
pub struct PendingOidRequest {
    request: NonNull<NDIS_OID_REQUEST>,
    adapter: NonNull<c_void>,
}

// SAFETY: the request is this value's until it is completed, from whatever thread.
unsafe impl Send for PendingOidRequest {}

impl PendingOidRequest {
    /// Answers the request, `NdisMOidRequestComplete`.
    ///
    /// An error that maps to success or pending, which no error may, completes with `NDIS_STATUS_FAILURE`.
    pub fn complete<E: AnyError>(self, result: Result<(), E>) {
        // The error is the driver's: should it panic, the request is still completed, by its drop.
        let status = completion_status(result);
        ManuallyDrop::new(self).complete_with(status);
    }

    #[inline]
    fn complete_with(&self, status: NdisStatus) {
        // SAFETY: NDIS waits for this completion since the callback pended it; `complete` and `drop` make it once.
        unsafe { NdisMOidRequestComplete(self.adapter.as_ptr(), self.request.as_ptr(), status.as_raw()) };
    }
}

impl Drop for PendingOidRequest {
    #[inline]
    fn drop(&mut self) {
        self.complete_with(NdisStatus::REQUEST_ABORTED);
    }
}

impl fmt::Debug for PendingOidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PendingOidRequest").field(&self.request).finish()
    }
}
