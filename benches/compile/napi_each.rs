
#[napi]
pub fn allocate_$n(pool: &Pool, request: &Request) -> napi::Result<Block> {
    if request.length > pool.limit + $n {
        return Err(napi::Error::from_reason("resources"));
    }
    Ok(Block { length: request.length })
}
