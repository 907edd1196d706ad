use ndis::prelude::*;

struct Driver;
struct Module;

#[ndis_callback(FILTER_ATTACH)]
fn attach(_driver: Option<&Driver>, _attach: FilterAttach<'_>) -> Result<Handle<Module>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
