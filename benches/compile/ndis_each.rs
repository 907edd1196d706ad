
#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
pub fn allocate_$n(pool: &Pool, request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    if request.length() > pool.limit + $n {
        return Err(AllocError::Resources);
    }
    Ok(Handle::new(Block { length: request.length() })?)
}
