use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_adapter: &Adapter, _chain: Chain<FilterSend>) {}

fn main() {}
