use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status(PENDING)]
    Later,
}

fn main() {}
