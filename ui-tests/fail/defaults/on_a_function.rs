use ndis::ndis_defaults;

#[ndis_defaults(irql = "debug")]
fn callbacks();

fn main() {}
