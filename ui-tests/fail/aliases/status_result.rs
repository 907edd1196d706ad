use ndis::prelude::*;

struct Driver;
type Alias = NdisStatus;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_driver: ndis::ProtocolDriverHandle<'_>, _context: &Driver) -> Alias {
    NdisStatus::SUCCESS
}

fn main() {}
