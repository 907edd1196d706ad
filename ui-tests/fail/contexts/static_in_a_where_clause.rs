use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs<'a>(_adapter: &'a Adapter) -> bool
where
    'a: 'static,
{
    false
}

fn main() {}
