use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    Full,
    #[status(SUCCESS)]
    Fine,
    #[status(NDIS_STATUS_FAILURE)]
    Failed,
}

fn main() {}
