use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status(RESOURCES)]
    #[status(FAILURE)]
    Full,
}

fn main() {}
