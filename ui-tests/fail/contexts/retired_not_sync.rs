use ndis::prelude::*;

struct Module {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(FILTER_DETACH)]
fn detach(_module: &Module) {}

fn main() {}
