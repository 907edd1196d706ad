use ndis::prelude::*;

struct Adapter;
type Alias = u32;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter) -> Alias {
    0
}

fn main() {}
