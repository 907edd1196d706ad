#![deny(warnings)]

use ndis::prelude::*;
use ndis::{FilterAttachParameters, FilterModuleHandle, FilterPause};

struct Driver;

struct Module;

#[ndis_callback(FILTER_ATTACH)]
fn attach(
    _handle: FilterModuleHandle<'_>,
    _driver: Option<&Driver>,
    _parameters: FilterAttachParameters<'_>,
) -> Result<Context<Module>, AllocError> {
    Ok(Context::new(Module)?)
}

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Module, pause: FilterPause<'_>) -> Answered {
    pause.done()
}

#[ndis_callback(FILTER_DETACH)]
fn detach(_module: &Module) {}

fn main() {
    let _ = (attach::entry, pause::entry, detach::entry);
}
