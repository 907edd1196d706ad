use ndis::prelude::*;

struct Driver;
struct Adapter {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(MINIPORT_INITIALIZE)]
fn initialize(_driver: Option<&Driver>, _init: MiniportInit<'_>) -> Result<Initialized<Adapter>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
