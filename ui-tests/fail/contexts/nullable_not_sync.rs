use ndis::prelude::*;

struct Driver {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_driver: ndis::ProtocolDriverHandle<'_>, _context: Option<&Driver>) -> Result<(), NdisStatus> {
    Ok(())
}

fn main() {}
