//! The requests and sends that a miniport adapter gets.

use std::ptr;

use ndis::NdisStatus;
use ndis::irql::Irql;
use ndis::sys::*;

use crate::desk::adapter::Adapter;

/// An OID request that an adapter was sent.
#[derive(Debug)]
#[must_use = "a request that is pending is not done"]
pub struct SentOid<'a> {
    adapter: &'a Adapter,
    address: usize,
    /// What the handler returned.
    pub returned: NdisStatus,
}

impl SentOid<'_> {
    /// How the request ended: what the handler returned, or what completed it later; `None` while it is pending.
    pub fn completed(&self) -> Option<NdisStatus> {
        self.adapter.with(|adapter| adapter.requests.completed(self.address))
    }
}

impl Adapter {
    /// Sends the adapter a query of `oid`, at the level that the thread is at, and checks that it is completed once: by
    /// what the handler returns, or after `NDIS_STATUS_PENDING` by `NdisMOidRequestComplete`.
    ///
    /// # Panics
    ///
    /// If `entry` is `None`.
    ///
    /// # Safety
    ///
    /// `entry` may be called with `context` and a request of this adapter.
    pub unsafe fn oid_request(
        &self,
        entry: MINIPORT_OID_REQUEST_HANDLER,
        context: NDIS_HANDLE,
        oid: NDIS_OID,
    ) -> SentOid<'_> {
        const PLACE: &str = "MINIPORT_OID_REQUEST";
        let entry = entry.expect("a handler");
        let (machine, handle) = self.parts();
        let request = self.with(|adapter| adapter.requests.query(oid));
        // SAFETY: the caller's contract; the request lives until the adapter halts.
        let returned = machine.call(PLACE, || unsafe { entry(context, request) });
        let returned = NdisStatus::from_raw(returned);
        if returned != NdisStatus::PENDING {
            let completed = machine.state().adapters.complete_request(handle, request, returned);
            if let Err((rule, text)) = completed {
                machine.breach(rule, PLACE, text);
            }
        }
        SentOid { adapter: self, address: request.addr(), returned }
    }

    /// Gives the adapter a chain of `count` lists to send, at the level that the thread is at, and checks that each
    /// comes back once. Each has one net buffer, of no data. The dispatch-level flag is set at DISPATCH_LEVEL.
    ///
    /// # Panics
    ///
    /// If `entry` is `None` or `count` is 0.
    ///
    /// # Safety
    ///
    /// `entry` may be called with `context` and lists sent to this adapter.
    pub unsafe fn send(&self, entry: MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER, context: NDIS_HANDLE, count: usize) {
        let entry = entry.expect("a handler");
        assert!(count > 0, "a chain has at least one list");
        let (machine, handle) = self.parts();
        let mut first: PNET_BUFFER_LIST = ptr::null_mut();
        for _ in 0..count {
            first = self.with(|adapter| adapter.lists.add(handle, first));
        }
        let flags = if Irql::current() == Irql::DISPATCH { NDIS_SEND_FLAGS_DISPATCH_LEVEL } else { 0 };
        machine.call("MINIPORT_SEND_NET_BUFFER_LISTS", || {
            // SAFETY: the caller's contract; the lists live until the adapter halts.
            unsafe { entry(context, first, NDIS_DEFAULT_PORT_NUMBER, flags) }
        });
    }

    /// How many lists the adapter has not completed.
    pub fn sends_outstanding(&self) -> usize {
        self.with(|adapter| adapter.lists.outstanding())
    }
}
