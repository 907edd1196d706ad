use ndis::prelude::*;

struct Adapter {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter) -> bool {
    false
}

fn main() {}
