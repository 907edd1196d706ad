use ndis::prelude::*;

struct Driver;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_driver: ndis::ProtocolDriverHandle<'_>, _context: &Driver) {}

fn main() {}
