use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status(RESOURCE)]
    Full,
}

fn main() {}
