#![allow(dead_code)]

pub struct Pool {
    limit: u32,
}

pub struct Block {
    length: u32,
}

/// Runs the function where its panics are caught.
#[inline(always)]
fn guard<R>(_context: NDIS_HANDLE, body: impl FnOnce() -> R) -> std::thread::Result<R> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body))
}

/// The IRQL.
#[inline(always)]
fn level() -> Irql {
    Irql::current()
}

