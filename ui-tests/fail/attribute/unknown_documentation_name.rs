use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MiniportHaltEx)]
fn halt(_adapter: &Adapter, _action: ndis::HaltAction) {}

fn main() {}
