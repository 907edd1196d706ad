use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_STATUS)]
fn status(_module: &Module, _indication: StatusIndication<'_>) {}

fn main() {}
