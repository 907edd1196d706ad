use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_STATUS)]
fn status(_module: &Module, _status: SharedMemoryRequest<'_>) -> Pass {
    Pass::On
}

fn main() {}
