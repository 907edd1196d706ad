use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter) -> impl Into<bool> {
    false
}

fn main() {}
