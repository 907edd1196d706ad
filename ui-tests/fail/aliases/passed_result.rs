use ndis::prelude::*;

struct Module;
type Alias = bool;

#[ndis_callback(FILTER_STATUS)]
fn status(_module: &Module, _status: StatusIndication<'_>) -> Alias {
    true
}

fn main() {}
