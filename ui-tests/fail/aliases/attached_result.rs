use ndis::prelude::*;

struct Driver;
struct Module;
type Alias = Result<Handle<Module>, NdisStatus>;

#[ndis_callback(FILTER_ATTACH)]
fn attach(
    _module: ndis::FilterModuleHandle<'_>,
    _driver: Option<&Driver>,
    _parameters: ndis::FilterAttachParameters<'_>,
) -> Alias {
    Err(NdisStatus::FAILURE)
}

fn main() {}
