use ndis::prelude::*;

#[ndis_callback(printk)]
fn print() {}

fn main() {}
