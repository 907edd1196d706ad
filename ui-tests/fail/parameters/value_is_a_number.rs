use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_HALT)]
fn halt(_adapter: &Adapter, _action: u32) {}

fn main() {}
