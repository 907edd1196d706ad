use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Module, pause: FilterPause<'_>) -> Answered {
    let (pending, answered) = pause.pend();
    pending.fail(NdisStatus::FAILURE);
    answered
}

fn main() {}
