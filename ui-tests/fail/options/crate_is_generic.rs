use ndis::prelude::*;

#[ndis_callback(PROTOCOL_UNINSTALL, crate = ndis::<u8>)]
fn uninstall() {}

fn main() {}
