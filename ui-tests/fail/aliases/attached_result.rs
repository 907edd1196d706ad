use ndis::prelude::*;

struct Driver;
struct Module;
type Alias = Result<Handle<Module>, NdisStatus>;

#[ndis_callback(FILTER_ATTACH)]
fn attach(_driver: Option<&Driver>, _attach: FilterAttach<'_>) -> Alias {
    Err(NdisStatus::FAILURE)
}

fn main() {}
