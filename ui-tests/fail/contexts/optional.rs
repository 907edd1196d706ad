use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: Option<&Adapter>) -> bool {
    false
}

fn main() {}
