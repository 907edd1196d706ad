use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_ATTACH)]
fn attach(_parameters: FilterAttach<'_>) -> Result<Context<Module>, NdisStatus> {
    Ok(Context::new(Module)?)
}

fn main() {}
