use ndis::prelude::*;

struct Driver;
struct DriverError;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_driver: ndis::ProtocolDriverHandle<'_>, _context: &Driver) -> Result<(), DriverError> {
    Err(DriverError)
}

fn main() {}
