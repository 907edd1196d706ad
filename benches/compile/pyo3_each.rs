
#[pyfunction]
pub fn allocate_$n(pool: &Pool, request: &Request) -> PyResult<Block> {
    if request.length > pool.limit + $n {
        return Err(PyMemoryError::new_err("resources"));
    }
    Ok(Block { length: request.length })
}
