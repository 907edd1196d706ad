use ndis::prelude::*;

struct Driver;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_context: &Driver, _driver: ndis::ProtocolDriverHandle<'_>) {}

fn main() {}
