use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
const fn hangs(_adapter: &Adapter) -> bool {
    false
}

fn main() {}
