//! The generated code keeps the lints that careful crates turn on.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unreachable_pub,
    rust_2018_idioms,
    future_incompatible,
    nonstandard_style,
    let_underscore,
    keyword_idents,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    meta_variable_misuse,
    non_ascii_idents,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unsafe_op_in_unsafe_fn,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![forbid(unsafe_code)]
#![allow(unknown_lints)]

use ndis::prelude::*;
use ndis::{Interrupt, SharedMemoryProvider};

/// A pool.
#[derive(Debug)]
pub struct Pool {
    /// Its name.
    pub name: String,
}

/// A block.
#[derive(Debug)]
pub struct Block {
    /// Its name.
    pub name: String,
}

/// Why there is no block.
#[derive(Debug, Clone, Copy, NdisError)]
pub enum PoolError {
    /// There is none.
    #[status(RESOURCES)]
    Empty,
}

/// Allocates.
#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
pub fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, PoolError> {
    Err(PoolError::Empty)
}

/// Frees.
#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
pub fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

/// Does nothing about interrupts.
#[ndis_callback(MINIPORT_ISR)]
pub fn isr(_pool: &Pool) -> Interrupt {
    Interrupt::NotMine
}

/// Never hangs.
#[ndis_callback(MINIPORT_CHECK_FOR_HANG, irql = "off", on_panic = "fatal", entry = Hangs)]
pub fn hangs(_pool: &Pool) -> bool {
    false
}

fn main() -> Result<(), AllocError> {
    let pool = Context::new(Pool { name: String::new() })?;
    drop(SharedMemoryProvider::new(pool).allocate::<allocate>().free::<free>());
    Ok(())
}
