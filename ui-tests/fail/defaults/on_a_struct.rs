use ndis::ndis_defaults;

#[ndis_defaults(irql = "debug")]
struct Callbacks;

fn main() {}
