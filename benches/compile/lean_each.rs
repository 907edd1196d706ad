
pub fn allocate_$n(pool: &Pool, request: &mut NDIS_SHARED_MEMORY_PARAMETERS) -> Result<Box<Block>, AllocError> {
    if request.Length > pool.limit + $n {
        return Err(AllocError::Resources);
    }
    Ok(Box::new(Block { length: request.Length }))
}

pub unsafe extern "system" fn entry_$n(
    context: NDIS_HANDLE,
    parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    out: PNDIS_HANDLE,
) -> NDIS_STATUS {
    if context.is_null() || parameters.is_null() || out.is_null() {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    // SAFETY: NDIS passes what its contract says.
    let (pool, request) = unsafe { (&*context.cast::<Pool>(), &mut *parameters) };
    if request.Header.Type != NDIS_OBJECT_TYPE_DEFAULT || Irql::current() != Irql::PASSIVE {
        return NDIS_STATUS_FAILURE;
    }
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| allocate_$n(pool, request))) {
        Ok(Ok(block)) => {
            // SAFETY: as above.
            unsafe { out.write(Box::into_raw(block).cast()) };
            NDIS_STATUS_SUCCESS
        }
        Ok(Err(error)) => status(error),
        Err(_) => NDIS_STATUS_FAILURE,
    }
}
