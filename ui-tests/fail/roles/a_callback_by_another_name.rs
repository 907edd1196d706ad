#![forbid(unsafe_code)]

use ndis::prelude::*;
use ndis::ProtocolDriver;

/// The crate with one callback under the name of another, whose prototype is the same.
mod swapped {
    pub use ndis::__private;

    pub mod callback {
        pub use ndis::callback::MINIPORT_SET_OPTIONS as PROTOCOL_SET_OPTIONS;
    }
}

struct Driver;
type DriverHandle<'a> = MiniportDriverHandle<'a>;

#[ndis_callback(PROTOCOL_SET_OPTIONS, crate = crate::swapped)]
fn set_options(_driver: &Driver, _handle: DriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

fn driver(context: Context<Driver>) -> ProtocolDriver<Driver> {
    ProtocolDriver::new(context).set_options::<set_options>()
}

fn main() {}
