//! A whole shared memory provider and its registration, without unsafe code and without a warning.
#![deny(warnings)]
#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicUsize, Ordering};

use ndis::prelude::*;
use ndis::{ProtocolDriver, SharedMemoryProvider};
use ui_tests::Pages;

struct Driver;

struct Pool {
    outstanding: AtomicUsize,
}

struct Block {
    pages: Pages,
}

#[derive(NdisError)]
#[allow(dead_code)]
enum PoolError {
    #[status(RESOURCES)]
    Full { outstanding: usize },
    #[status(FAILURE)]
    Failed(AllocError),
}

impl From<AllocError> for PoolError {
    fn from(error: AllocError) -> PoolError {
        PoolError::Failed(error)
    }
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, PoolError> {
    let outstanding = pool.outstanding.fetch_add(1, Ordering::Relaxed);
    if outstanding > 8 {
        return Err(PoolError::Full { outstanding });
    }
    let block = Handle::new(Block { pages: Pages::new(request.length() as usize) }).map_err(AllocError::from)?;
    request.fill(&block, |block| &block.pages)?;
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(pool: &Pool, block: Handle<Block>) {
    pool.outstanding.fetch_sub(1, Ordering::Relaxed);
    drop(block);
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_context: &Driver, driver: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    let pool = Context::new(Pool { outstanding: AtomicUsize::new(0) })?;
    driver.register_shared_memory_provider(SharedMemoryProvider::new(pool).allocate::<allocate>().free::<free>())
}

#[ndis_callback(PROTOCOL_UNINSTALL)]
fn uninstall() {}

fn driver() -> Result<ProtocolDriver<Driver>, AllocError> {
    Ok(ProtocolDriver::new(Context::new(Driver)?).set_options::<set_options>().uninstall::<uninstall>())
}

fn main() {
    drop(driver());
    // The functions are still ordinary ones.
    let pool = Pool { outstanding: AtomicUsize::new(1) };
    free(&pool, Handle::new(Block { pages: Pages::new(16) }).unwrap());
    assert_eq!(pool.outstanding.load(Ordering::Relaxed), 0);
}
