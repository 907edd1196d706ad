use ndis::prelude::*;

struct Adapter;
type Alias = Result<(), NdisStatus>;

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Adapter, _request: MiniportOidRequest<'_>) -> Alias {
    Ok(())
}

fn main() {}
