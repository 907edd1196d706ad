//! The driver: what a driver author writes.
#![forbid(unsafe_code)]

use ndis::prelude::*;
use ndis::{ProtocolDriver, ProtocolDriverHandle, Registered, SharedMemoryProvider};

use crate::pool::{Admission, Block, Pool};

/// The driver's own context: what its set options callback needs.
#[derive(Debug)]
pub struct Driver {
    limit: usize,
    admission: Admission,
    ready: fn(&Pool),
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
fn set_options(handle: ProtocolDriverHandle<'_>, driver: &Driver) -> Result<(), NdisStatus> {
    let pool = Pool::new(driver.limit, driver.admission);
    (driver.ready)(&pool);
    let context = Context::new(pool).map_err(|_| NdisStatus::RESOURCES)?;
    let provider = SharedMemoryProvider::new(context).allocate::<allocate>().free::<free>().supports_pf_vports();
    handle.register_shared_memory_provider(provider)
}

/// Registers the driver: its pool lends at most `limit` bytes, as far as `admission` lets it. `ready` sees the pool
/// before NDIS does.
///
/// # Errors
///
/// The status of the registration.
pub fn load(limit: usize, admission: Admission, ready: fn(&Pool)) -> Result<Registered<Driver>, NdisStatus> {
    let context = Context::new(Driver { limit, admission, ready }).map_err(|_| NdisStatus::RESOURCES)?;
    ProtocolDriver::new(context).set_options::<set_options>().register("PagePool")
}
