use ndis::prelude::*;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_name: &str) -> bool {
    false
}

fn main() {}
