
#[ffi_export]
pub fn allocate_$n(pool: &Pool, request: &Request, block: &mut u32) -> i32 {
    if request.length > pool.limit + $n {
        return -1;
    }
    *block = request.length;
    0
}
