use ndis::prelude::*;

struct Driver;
struct Module<'a> {
    _name: &'a str,
}

#[ndis_callback(FILTER_ATTACH)]
fn attach(
    _module: ndis::FilterModuleHandle<'_>,
    _driver: Option<&Driver>,
    _parameters: ndis::FilterAttachParameters<'_>,
) -> Result<Context<Module<'_>>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
