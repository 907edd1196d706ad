use ndis::prelude::*;

struct Adapter;
type Alias = u64;

#[ndis_callback(MINIPORT_HALT)]
fn halt(_adapter: &Adapter, _action: Alias) {}

fn main() {}
