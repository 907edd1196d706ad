use ndis::prelude::*;

struct Adapter<'a> {
    _name: &'a str,
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter<'_>) -> bool {
    false
}

fn main() {}
