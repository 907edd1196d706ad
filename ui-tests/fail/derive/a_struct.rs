use ndis::NdisError;

#[derive(NdisError)]
struct PoolError;

fn main() {}
