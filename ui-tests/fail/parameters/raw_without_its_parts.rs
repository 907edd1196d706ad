use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_adapter: &Adapter, _lists: ndis::sys::PNET_BUFFER_LIST) {}

fn main() {}
