use ndis::prelude::*;

struct Device;
type Alias = bool;

#[ndis_callback(MINIPORT_ISR)]
fn isr(_device: &Device) -> Alias {
    true
}

fn main() {}
