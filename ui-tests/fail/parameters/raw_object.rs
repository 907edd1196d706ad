use ndis::prelude::*;
use ndis::sys::NDIS_HANDLE;

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_adapter: NDIS_HANDLE, lists: Chain<MiniportSend>) {
    drop(lists);
}

#[ndis_callback(FILTER_OID_REQUEST)]
fn request(_module: NDIS_HANDLE, request: FilterOidRequest<'_>) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}

#[ndis_callback(FILTER_STATUS)]
fn status(_module: *mut core::ffi::c_void, _indication: StatusIndication<'_>) -> Pass {
    Pass::On
}

fn main() {}
