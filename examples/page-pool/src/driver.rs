//! The driver: what a driver author writes.
#![forbid(unsafe_code)]

use std::sync::{Mutex, PoisonError};

use ndis::prelude::*;
use ndis::{ProtocolDriver, RegisteredProtocol, SharedMemoryProvider};

use crate::pool::{Block, Pool};

/// The driver's own context: what its set options callback registers.
#[derive(Debug)]
pub struct Driver {
    pool: Mutex<Option<Pool>>,
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    let block = Handle::new(pool.lend(&request)?)?; // a Block's Drop gives its pages back to the pool
    request.fill(&block, |block| block.pages())?; // staged; reaches NDIS only if this function returns Ok
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(driver: &Driver, handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    let pool = driver.pool.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or(NdisStatus::FAILURE)?;
    let pool = Context::new(pool)?;
    let provider = SharedMemoryProvider::new(pool).allocate::<allocate>().free::<free>().supports_pf_vports();
    handle.register_shared_memory_provider(provider)
}

/// Registers the driver, which lends memory of this pool until it is deregistered.
///
/// # Errors
///
/// The status of the registration.
pub fn load(pool: Pool) -> Result<RegisteredProtocol<Driver>, NdisStatus> {
    let context = Context::new(Driver { pool: Mutex::new(Some(pool)) })?;
    ProtocolDriver::new(context).set_options::<set_options>().register("PagePool")
}
