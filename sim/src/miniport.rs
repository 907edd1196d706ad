//! The requests and sends that a miniport adapter gets, and their completions.

use std::collections::BTreeMap;
use std::ptr::{self, NonNull};

use ndis::NdisStatus;
use ndis::irql::Irql;
use ndis::sys::*;

use crate::adapter::Adapter;
use crate::handles::{self, Handle, Kind};
use crate::memory::Memory;
use crate::report::Rule;

/// What NDIS knows of an adapter. Requests and lists stay until it halts, so that a late or second completion of one is
/// known for what it is.
#[derive(Default)]
pub(crate) struct AdapterState {
    pub(crate) dma: Option<Handle>,
    /// The registration is this crate's own, which ends with the adapter.
    pub(crate) own_dma: bool,
    /// By address.
    requests: BTreeMap<usize, Request>,
    lists: BTreeMap<usize, List>,
}

struct Request {
    memory: Memory,
    _buffer: Memory,
    completed: Option<NdisStatus>,
}

struct List {
    memory: Memory,
    _buffer: Memory,
    completed: bool,
}

impl AdapterState {
    /// What the adapter owes.
    pub(crate) fn unfinished(&self, breaches: &mut Vec<(Rule, String)>) {
        let requests = self.requests.values().filter(|request| request.completed.is_none()).count();
        if requests > 0 {
            breaches.push((Rule::OidNotCompleted, format!("{requests} OID requests were never completed")));
        }
        let lists = self.lists.values().filter(|list| !list.completed).count();
        if lists > 0 {
            breaches.push((Rule::ListNotCompleted, format!("{lists} net buffer lists were never completed")));
        }
    }
}

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
        let (machine, handle) = self.adapter.parts();
        machine.state().adapters.get(&handle)?.requests.get(&self.address)?.completed
    }
}

/// How many bytes the buffer of a query has.
const BUFFER: usize = 256;

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
        let address = request.addr();
        let (machine, handle) = self.parts();
        if let Some(adapter) = machine.state().adapters.get_mut(&handle) {
            adapter.requests.insert(address, Request { memory, _buffer: buffer, completed: None });
        }
        // SAFETY: the caller's contract; the request lives until the adapter halts.
        let returned = machine.call(PLACE, || unsafe { entry(context, request) });
        let returned = NdisStatus::from_raw(returned);
        if returned != NdisStatus::PENDING {
            self.complete_request(PLACE, request, returned);
        }
        SentOid { adapter: self, address, returned }
    }

    /// Notes a completion.
    fn complete_request(&self, place: &'static str, request: PNDIS_OID_REQUEST, status: NdisStatus) {
        let (machine, handle) = self.parts();
        complete_request(machine, handle, place, request, status);
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
            let (memory, buffer) = (Memory::of::<NET_BUFFER_LIST>(), Memory::of::<NET_BUFFER>());
            let list: PNET_BUFFER_LIST = memory.start().as_ptr().cast();
            // SAFETY: the memory is a zeroed list, which nobody else has yet.
            unsafe {
                (&raw mut (*list).Next).write(first);
                (&raw mut (*list).FirstNetBuffer).write(buffer.start().as_ptr().cast());
                (&raw mut (*list).SourceHandle).write(handle.as_raw());
            }
            first = list;
            if let Some(adapter) = machine.state().adapters.get_mut(&handle) {
                adapter.lists.insert(list.addr(), List { memory, _buffer: buffer, completed: false });
            }
        }
        let flags = if Irql::current() == Irql::DISPATCH { NDIS_SEND_FLAGS_DISPATCH_LEVEL } else { 0 };
        machine.call("MINIPORT_SEND_NET_BUFFER_LISTS", || {
            // SAFETY: the caller's contract; the lists live until the adapter halts.
            unsafe { entry(context, first, NDIS_DEFAULT_PORT_NUMBER, flags) }
        });
    }

    /// How many lists the adapter has not completed.
    pub fn sends_outstanding(&self) -> usize {
        let (machine, handle) = self.parts();
        let state = machine.state();
        state.adapters.get(&handle).map_or(0, |adapter| adapter.lists.values().filter(|list| !list.completed).count())
    }
}

fn complete_request(
    machine: &crate::machine::Inner,
    adapter: Handle,
    place: &'static str,
    address: PNDIS_OID_REQUEST,
    status: NdisStatus,
) {
    let breach = {
        let mut state = machine.state();
        let requests = state.adapters.get_mut(&adapter).map(|adapter| &mut adapter.requests);
        match requests.and_then(|requests| requests.get_mut(&address.addr())) {
            None => Some((Rule::UnknownOidRequest, format!("the adapter was not sent the OID request {address:?}"))),
            Some(Request { completed: Some(before), .. }) => {
                Some((Rule::OidCompletedTwice, format!("completed with {status}, and before with {before}")))
            }
            Some(request) => {
                request.completed = Some(status);
                let request: NonNull<NDIS_OID_REQUEST> = request.memory.start().cast();
                // SAFETY: the request is alive, is a query, and comes back from the driver right now.
                let written = unsafe { (&raw const (*request.as_ptr()).DATA.QUERY_INFORMATION.BytesWritten).read() };
                if status == NdisStatus::PENDING {
                    Some((Rule::OidCompletedPending, format!("completed with {status}")))
                } else if status.is_success() && written as usize > BUFFER {
                    Some((Rule::OidOverrun, format!("BytesWritten is {written}, and there is room for {BUFFER}")))
                } else {
                    None
                }
            }
        }
    };
    if let Some((rule, text)) = breach {
        machine.breach(rule, place, text);
    }
}

/// Completes an OID request that was pending.
///
/// # Safety
///
/// None: the pointer is only compared with those that NDIS knows.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMOidRequestComplete(
    MiniportAdapterHandle: NDIS_HANDLE,
    OidRequest: PNDIS_OID_REQUEST,
    Status: NDIS_STATUS,
) {
    const FUNCTION: &str = "NdisMOidRequestComplete";
    let adapter = handles::find(FUNCTION, "MiniportAdapterHandle", MiniportAdapterHandle, &[Kind::Adapter]);
    let Some((machine, adapter)) = adapter else { return };
    machine.at_most(FUNCTION, Irql::DISPATCH);
    complete_request(&machine, adapter, FUNCTION, OidRequest, NdisStatus::from_raw(Status));
}

/// Takes back lists that were sent.
///
/// # Safety
///
/// The driver has nothing else to do with the lists that it was given: their chain is followed, as far as they are lists
/// of this adapter that were not completed before.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMSendNetBufferListsComplete(
    MiniportAdapterHandle: NDIS_HANDLE,
    NetBufferList: PNET_BUFFER_LIST,
    SendCompleteFlags: ULONG,
) {
    const FUNCTION: &str = "NdisMSendNetBufferListsComplete";
    let adapter = handles::find(FUNCTION, "MiniportAdapterHandle", MiniportAdapterHandle, &[Kind::Adapter]);
    let Some((machine, adapter)) = adapter else { return };
    if !machine.at_most(FUNCTION, Irql::DISPATCH) || !machine.pointer(FUNCTION, "NetBufferList", NetBufferList) {
        return;
    }
    let level = Irql::current();
    if SendCompleteFlags & NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL != 0 && level != Irql::DISPATCH {
        let text = format!("NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL at {level}");
        machine.breach(Rule::DispatchFlag, FUNCTION, text);
    }
    let mut next = NetBufferList;
    let breach = loop {
        if next.is_null() {
            break None;
        }
        let mut state = machine.state();
        let lists = state.adapters.get_mut(&adapter).map(|adapter| &mut adapter.lists);
        match lists.and_then(|lists| lists.get_mut(&next.addr())) {
            None => break Some((Rule::UnknownNetBufferList, format!("the adapter was not given the list {next:?}"))),
            Some(list) if list.completed => {
                break Some((Rule::ListCompletedTwice, format!("the list {next:?} was completed before")));
            }
            Some(list) => {
                list.completed = true;
                let list: NonNull<NET_BUFFER_LIST> = list.memory.start().cast();
                // SAFETY: the list is alive, and comes back from the driver right now.
                next = unsafe { (&raw const (*list.as_ptr()).Next).read() };
            }
        }
    };
    if let Some((rule, text)) = breach {
        machine.breach(rule, FUNCTION, text);
    }
}
