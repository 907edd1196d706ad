use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapters: &[Adapter]) -> bool {
    false
}

fn main() {}
