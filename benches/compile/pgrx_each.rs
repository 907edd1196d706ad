
#[pg_guard]
pub extern "C-unwind" fn allocate_$n(
    pool: Option<&Pool>,
    request: Option<&Request>,
    block: Option<&mut Option<Box<Block>>>,
) -> i32 {
    let (Some(pool), Some(request), Some(block)) = (pool, request, block) else { return -1 };
    if request.length > pool.limit + $n {
        return -2;
    }
    *block = Some(Box::new(Block { length: request.length }));
    0
}
