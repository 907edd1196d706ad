use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_RECEIVE_NET_BUFFER_LISTS)]
fn receive(_module: &Module, _chain: Chain<FilterReceive>) {}

fn main() {}
