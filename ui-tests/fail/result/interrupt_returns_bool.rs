use ndis::prelude::*;

struct Interrupt;

#[ndis_callback(MINIPORT_ISR)]
fn isr(_interrupt: &Interrupt) -> bool {
    true
}

fn main() {}
