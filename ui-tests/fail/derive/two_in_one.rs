use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status(RESOURCES, FAILURE)]
    Full,
}

fn main() {}
