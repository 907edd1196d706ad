use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Adapter, _request: *const u8) -> ndis::sys::NDIS_STATUS {
    0
}

fn main() {}
