//! The functions with which a miniport completes requests and sends.

use ndis::NdisStatus;
use ndis::irql::Irql;
use ndis::sys::*;

use crate::known::handle::Kind;
use crate::machine::arguments::find;
use crate::report::Rule;

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
    let adapter = find(FUNCTION, "MiniportAdapterHandle", MiniportAdapterHandle, &[Kind::Adapter]);
    let Some((machine, adapter)) = adapter else { return };
    machine.at_most(FUNCTION, Irql::DISPATCH);
    let status = NdisStatus::from_raw(Status);
    let completed = machine.state().adapters.complete_request(adapter, OidRequest, status);
    if let Err((rule, text)) = completed {
        machine.breach(rule, FUNCTION, text);
    }
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
    let adapter = find(FUNCTION, "MiniportAdapterHandle", MiniportAdapterHandle, &[Kind::Adapter]);
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
    while !next.is_null() {
        let completed = machine.state().adapters.complete_list(adapter, next);
        next = match completed {
            Ok(next) => next,
            Err((rule, text)) => return machine.breach(rule, FUNCTION, text),
        };
    }
}
