//! A driver that knows the `ndis` crate by another name only: nothing here resolves a path through `::ndis`.
#![deny(warnings)]
#![forbid(unsafe_code)]

use callbacks::{Context, Handle, NdisError, ProtocolDriver, ProtocolDriverHandle, SharedMemoryProvider};
use callbacks::{NdisStatus, SharedMemoryRequest, ndis_callback};

/// The provider's context.
#[derive(Debug)]
pub struct Pool;

/// What a block's handle owns.
#[derive(Debug)]
pub struct Block;

/// Why there is no block.
#[derive(NdisError, Debug)]
#[status(crate = callbacks)]
pub enum PoolError {
    /// There never is.
    #[status(RESOURCES)]
    Empty,
}

/// Allocates nothing.
#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, crate = callbacks)]
pub fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, PoolError> {
    Err(PoolError::Empty)
}

/// Frees a block.
#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, crate = ::callbacks)]
pub fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

/// Registers the provider.
#[ndis_callback(PROTOCOL_SET_OPTIONS, crate = callbacks)]
pub fn set_options(_pool: &Pool, driver: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    let context = Context::new(Pool)?;
    driver.register_shared_memory_provider(SharedMemoryProvider::new(context).allocate::<allocate>().free::<free>())
}

/// The driver's registration, yet to be made.
pub fn driver(context: Context<Pool>) -> ProtocolDriver<Pool> {
    ProtocolDriver::new(context).set_options::<set_options>()
}
