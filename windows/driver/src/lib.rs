//! A shared memory provider: a protocol driver that lends contiguous memory to network adapters.
//!
//! This library is the whole driver, without `unsafe`, and is tested on any host. The binary beside it makes an image of
//! it.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "panicking")]
extern crate alloc;

#[cfg(feature = "broken")]
mod broken;
#[cfg(feature = "panicking")]
mod panicking;
pub mod pool;
#[cfg(test)]
mod tests;

use ndis::prelude::*;
use ndis::{Driver, ProtocolDriver, RegisteredProtocol, SharedMemoryProvider};

use crate::pool::{Block, Budget, Pool};

/// How many bytes the driver lends at most.
const LIMIT: usize = 64 << 20;

/// What is left of them.
static BUDGET: Budget = Budget::new(LIMIT);

/// The loaded driver.
#[derive(Debug)]
pub struct PagePool(RegisteredProtocol<Settings>);

/// The driver's own context: what its set options callback registers a pool with.
#[derive(Debug)]
struct Settings {
    budget: &'static Budget,
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    #[cfg(feature = "panicking")]
    panicking::before_lending(&request);
    let block = Handle::new(pool.lend(&request)?)?;
    #[cfg(feature = "panicking")]
    panicking::after_lending(&request);
    request.fill(&block, |block| block.memory())?;
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<Block>) {
    #[cfg(feature = "panicking")]
    panicking::giving_back(&block);
    #[cfg(feature = "broken")]
    return broken::leak(block);
    #[cfg(not(feature = "broken"))]
    drop(block);
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(settings: &Settings, handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    let context = Context::new(Pool::new(settings.budget)).map_err(out_of_memory)?;
    let provider = SharedMemoryProvider::new(context).allocate::<allocate>().free::<free>().supports_pf_vports();
    handle.register_shared_memory_provider(provider)
}

fn out_of_memory<T>(_: OutOfMemory<T>) -> NdisStatus {
    #[cfg(feature = "panicking")]
    panicking::loading();
    #[cfg(not(feature = "panicking"))]
    NdisStatus::RESOURCES
}

impl Driver for PagePool {
    fn load() -> Result<PagePool, NdisStatus> {
        let context = Context::new(Settings { budget: &BUDGET }).map_err(out_of_memory)?;
        ProtocolDriver::new(context).set_options::<set_options>().register("PagePool").map(PagePool)
    }

    fn unload(self) {
        self.0.deregister();
    }
}
