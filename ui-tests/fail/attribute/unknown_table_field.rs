use ndis::prelude::*;

struct Adapter;

#[ndis_callback(HaltHandlerEx)]
fn halt(_adapter: &Adapter, _action: ndis::HaltAction) {}

fn main() {}
