use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &'static Adapter) -> bool {
    false
}

fn main() {}
