use ndis::NdisError;

#[derive(NdisError)]
#[status(FAILURE)]
enum PoolError {
    #[status(RESOURCES)]
    Full,
}

fn main() {}
