use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status(NDIS_STATUS_RESOURCES)]
    Full,
}

fn main() {}
