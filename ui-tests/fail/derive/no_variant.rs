use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {}

fn main() {}
