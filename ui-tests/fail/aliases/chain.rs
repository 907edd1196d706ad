use ndis::prelude::*;

struct Adapter;
type Alias = Chain<FilterSend>;

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_adapter: &Adapter, _chain: Alias) {}

fn main() {}
