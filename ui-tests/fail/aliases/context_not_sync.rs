use ndis::prelude::*;

type Alias = core::cell::Cell<u32>;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Alias) -> bool {
    false
}

fn main() {}
