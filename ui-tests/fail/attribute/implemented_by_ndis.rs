use ndis::prelude::*;

#[ndis_callback(NDIS_SWITCH_REFERENCE_SWITCH_NIC)]
fn reference() {}

fn main() {}
