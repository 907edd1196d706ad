use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status(SUCCESS)]
    Fine,
}

fn main() {}
