//! The OID requests that an adapter was sent.

use std::collections::BTreeMap;

use ndis::NdisStatus;
use ndis::sys::*;

use crate::memory::heap::Memory;
use crate::report::Rule;

/// The requests of an adapter, by address. They stay until it halts, so that a late or second completion of one is known
/// for what it is.
#[derive(Default)]
pub(crate) struct Requests(BTreeMap<usize, Request>);

/// How many bytes the buffer of a query has.
const BUFFER: usize = 256;

/// A query.
struct Request {
    memory: Memory,
    _buffer: Memory,
    completed: Option<NdisStatus>,
}

impl Requests {
    /// Adds a query of `oid`, for the adapter.
    pub(crate) fn query(&mut self, oid: NDIS_OID) -> PNDIS_OID_REQUEST {
        let (memory, buffer) = (Memory::of::<NDIS_OID_REQUEST>(), Memory::zeroed(BUFFER, 16));
        let request: PNDIS_OID_REQUEST = memory.start().as_ptr().cast();
        // SAFETY: the memory is a zeroed request, which nobody else has yet.
        unsafe {
            (&raw mut (*request).Header).write(NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_OID_REQUEST,
                Revision: NDIS_OID_REQUEST_REVISION_1,
                Size: NDIS_SIZEOF_OID_REQUEST_REVISION_1,
            });
            (&raw mut (*request).RequestType).write(NdisRequestQueryInformation);
            (&raw mut (*request).DATA.QUERY_INFORMATION).write(NDIS_OID_REQUEST_QUERY {
                Oid: oid,
                InformationBuffer: buffer.start().as_ptr().cast(),
                InformationBufferLength: BUFFER as u32,
                BytesWritten: 0,
                BytesNeeded: 0,
            });
        }
        self.0.insert(request.addr(), Request { memory, _buffer: buffer, completed: None });
        request
    }

    /// Notes that a request has been completed; or says what is wrong with that.
    pub(crate) fn complete(&mut self, request: PNDIS_OID_REQUEST, status: NdisStatus) -> Result<(), (Rule, String)> {
        let unknown = || (Rule::UnknownOidRequest, format!("the adapter was not sent the OID request {request:?}"));
        let known = self.0.get_mut(&request.addr()).ok_or_else(unknown)?;
        if let Some(before) = known.completed {
            return Err((Rule::OidCompletedTwice, format!("completed with {status}, and before with {before}")));
        }
        known.completed = Some(status);
        let request: PNDIS_OID_REQUEST = known.memory.start().as_ptr().cast();
        // SAFETY: the request is alive, is a query, and comes back from the driver right now.
        let written = unsafe { (&raw const (*request).DATA.QUERY_INFORMATION.BytesWritten).read() };
        if status == NdisStatus::PENDING {
            Err((Rule::OidCompletedPending, format!("completed with {status}")))
        } else if status.is_success() && written as usize > BUFFER {
            Err((Rule::OidOverrun, format!("BytesWritten is {written}, and there is room for {BUFFER}")))
        } else {
            Ok(())
        }
    }

    /// How the request at this address was completed.
    pub(crate) fn completed(&self, request: usize) -> Option<NdisStatus> {
        self.0.get(&request)?.completed
    }

    /// How many requests are not completed.
    pub(crate) fn outstanding(&self) -> usize {
        self.0.values().filter(|request| request.completed.is_none()).count()
    }
}
