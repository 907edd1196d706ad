use ndis::ndis_defaults;

#[ndis_defaults(irql = "debug")]
mod callbacks;

fn main() {}
