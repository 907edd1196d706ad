use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Adapter, _request: MiniportOidRequest<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

fn main() {}
