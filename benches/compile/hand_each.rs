
pub fn allocate_$n(pool: &Pool, request: &mut Request<'_>) -> Result<Owned, AllocError> {
    if request.length() > pool.limit + $n {
        return Err(AllocError::Resources);
    }
    Ok(Owned(Cell::leak(Block { length: request.length() })))
}
