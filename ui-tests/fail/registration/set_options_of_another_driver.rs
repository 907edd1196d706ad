use ndis::prelude::*;
use ndis::{MiniportDriverHandle, ProtocolDriver};

struct Driver;

#[ndis_callback(MINIPORT_SET_OPTIONS)]
fn set_options(_context: &Driver, _driver: MiniportDriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

fn driver(context: Context<Driver>) -> ProtocolDriver<Driver> {
    ProtocolDriver::new(context).set_options::<set_options>()
}

fn main() {}
