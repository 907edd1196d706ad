use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_HALT, on_panic = "contain")]
fn halt(_adapter: &Adapter, _action: ndis::HaltAction) {}

fn main() {}
