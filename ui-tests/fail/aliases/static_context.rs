use ndis::prelude::*;

struct Adapter;
type Forever = &'static Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: Forever) -> bool {
    false
}

fn main() {}
