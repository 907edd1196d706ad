use ndis::prelude::*;

struct Module;

#[ndis_callback(FILTER_SEND_NET_BUFFER_LISTS)]
fn send(_module: &Module, _lists: Received<'_, FilterReceive>) {}

fn main() {}
