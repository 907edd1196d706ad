#![allow(dead_code)]

pub struct Pool {
    limit: u32,
}

pub struct Block {
    length: u32,
}

/// The IRQL.
#[inline(always)]
fn level() -> Irql {
    Irql::current()
}

