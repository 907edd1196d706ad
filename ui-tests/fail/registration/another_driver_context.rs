use ndis::prelude::*;
use ndis::{ProtocolDriver, ProtocolDriverHandle};

struct Driver;
struct OtherDriver;

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_context: &OtherDriver, _driver: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

fn driver(context: Context<Driver>) -> ProtocolDriver<Driver> {
    ProtocolDriver::new(context).set_options::<set_options>()
}

fn main() {}
