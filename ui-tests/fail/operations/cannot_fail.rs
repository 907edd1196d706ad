use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Module, pause: FilterPause<'_>) -> Answered {
    pause.fail(NdisStatus::FAILURE)
}

fn main() {}
