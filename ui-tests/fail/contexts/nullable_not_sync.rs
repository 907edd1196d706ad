use ndis::prelude::*;

struct Driver {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_context: Option<&Driver>, _driver: ndis::ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

fn main() {}
