use ndis::prelude::*;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &impl Send) -> bool {
    false
}

fn main() {}
