#![deny(warnings)]

use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CANCEL_SEND)]
fn cancel_send(_adapter: &Adapter, _id: CancelId) {}

#[ndis_callback(MINIPORT_HALT)]
fn halt(_adapter: &Adapter, _action: HaltAction) {}

#[ndis_callback(MINIPORT_ISR)]
fn isr(_adapter: &Adapter) -> Interrupt {
    Interrupt::NotMine
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter) -> bool {
    false
}

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Adapter, request: MiniportOidRequest<'_>) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_adapter: &Adapter, chain: Chain<MiniportSend>) {
    chain.complete(NdisStatus::SUCCESS);
}

#[ndis_callback(MINIPORT_SHUTDOWN)]
fn shutdown(_adapter: &Adapter, _action: ShutdownAction) {}

fn main() {
    let _ = (cancel_send::entry, halt::entry, isr::entry, hangs::entry);
    let _ = (oid_request::entry, send::entry, shutdown::entry);
}
