use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Adapter, request: MiniportOidRequest<'_>) -> Option<Answered> {
    Some(request.done())
}

fn main() {}
