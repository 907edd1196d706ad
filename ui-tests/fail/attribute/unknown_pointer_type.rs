use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_HALT_HANDLER)]
fn halt(_adapter: &Adapter, _action: ndis::HaltAction) {}

fn main() {}
