use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status(NdisStatus::RESOURCES)]
    Full,
}

fn main() {}
