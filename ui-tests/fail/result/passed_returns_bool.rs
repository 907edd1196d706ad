use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_STATUS)]
fn status(_module: &Module, _status: StatusIndication<'_>) -> bool {
    true
}

fn main() {}
