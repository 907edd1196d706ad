
pub fn allocate_$n(pool: &Pool, request: &Request) -> Result<Box<Block>, std::fmt::Error> {
    if request.length > pool.limit + $n {
        return Err(std::fmt::Error);
    }
    Ok(Box::new(Block { length: request.length }))
}
