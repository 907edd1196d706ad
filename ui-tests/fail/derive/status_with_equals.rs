use ndis::NdisError;

#[derive(NdisError)]
enum PoolError {
    #[status = "RESOURCES"]
    Full,
}

fn main() {}
