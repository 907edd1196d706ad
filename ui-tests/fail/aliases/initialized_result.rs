use ndis::prelude::*;

struct Driver;
struct Adapter;
type Alias = Result<Context<Adapter>, NdisStatus>;

#[ndis_callback(MINIPORT_INITIALIZE)]
fn initialize(_driver: Option<&Driver>, _init: MiniportInit<'_>) -> Alias {
    Err(NdisStatus::FAILURE)
}

fn main() {}
