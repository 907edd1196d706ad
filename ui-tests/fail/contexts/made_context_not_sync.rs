use ndis::prelude::*;

struct Driver;
struct Module {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(FILTER_ATTACH)]
fn attach(_driver: Option<&Driver>, _attach: FilterAttach<'_>) -> Result<Context<Module>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
