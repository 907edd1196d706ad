use ndis::NdisError;

#[derive(NdisError)]
union PoolError {
    _code: u32,
}

fn main() {}
