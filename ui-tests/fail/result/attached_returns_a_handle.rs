use ndis::prelude::*;

struct Driver;
struct Module;

#[ndis_callback(FILTER_ATTACH)]
fn attach(
    _module: ndis::FilterModuleHandle<'_>,
    _driver: Option<&Driver>,
    _parameters: ndis::FilterAttachParameters<'_>,
) -> Result<Handle<Module>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
