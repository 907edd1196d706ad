use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Adapter, request: MiniportOidRequest<'_>) -> Result<Answered, String> {
    Ok(request.done())
}

fn main() {}
