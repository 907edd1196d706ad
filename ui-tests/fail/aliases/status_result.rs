use ndis::prelude::*;

struct Driver;
type Alias = NdisStatus;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_context: &Driver, _driver: ndis::ProtocolDriverHandle<'_>) -> Alias {
    NdisStatus::SUCCESS
}

fn main() {}
