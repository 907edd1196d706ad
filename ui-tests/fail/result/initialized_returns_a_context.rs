use ndis::prelude::*;

struct Driver;
struct Adapter;

#[ndis_callback(MINIPORT_INITIALIZE)]
fn initialize(_driver: Option<&Driver>, _init: MiniportInit<'_>) -> Result<Context<Adapter>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
