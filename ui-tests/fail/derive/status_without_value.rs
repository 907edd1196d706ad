use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status]
    Full,
}

fn main() {}
