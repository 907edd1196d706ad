use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Module, pause: ndis::FilterPause<'_>) -> Result<Answered, NdisStatus> {
    Ok(pause.done())
}

fn main() {}
