use ndis::prelude::*;

struct Driver;

impl Driver {
    #[ndis_callback(PROTOCOL_UNINSTALL)]
    fn uninstall(&self) {}
}

fn main() {}
