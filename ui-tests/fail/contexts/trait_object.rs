use ndis::prelude::*;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &dyn Send) -> bool {
    false
}

fn main() {}
