use ndis::prelude::*;

struct Driver;
struct DriverError;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_context: &Driver, _driver: ndis::ProtocolDriverHandle<'_>) -> Result<(), DriverError> {
    Err(DriverError)
}

fn main() {}
