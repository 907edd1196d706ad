#![deny(dead_code)]

use ndis::prelude::*;

#[derive(Debug)]
pub struct Adapter;

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter) -> bool {
    false
}

fn main() {}
