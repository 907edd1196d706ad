use ndis::prelude::*;

struct Driver;
struct Module<'a> {
    _name: &'a str,
}

#[ndis_callback(FILTER_ATTACH)]
fn attach<'a>(_driver: Option<&'a Driver>, _attach: FilterAttach<'_>) -> Result<Context<Module<'a>>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
