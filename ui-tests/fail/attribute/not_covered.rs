use ndis::prelude::*;

struct Module;

#[ndis_callback(TCP_OFFLOAD_SEND_COMPLETE_HANDLER)]
fn send(_module: &Module) {}

fn main() {}
