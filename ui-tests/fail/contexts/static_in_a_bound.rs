use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs<'a: 'static>(_adapter: &'a Adapter) -> bool {
    false
}

fn main() {}
