//! A shared memory provider whose entries are written in the types of the WDK's bindings, and registered in their tables.
#![no_std]

pub mod bindings;

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use ndis::kernel::ContiguousMemory;
use ndis::prelude::*;

use crate::bindings::*;

/// What the provider's callbacks get.
struct Pool;

/// Memory that an adapter has.
struct Block {
    memory: ContiguousMemory,
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, types = crate::bindings, abi = "C")]
fn allocate(_pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    let memory = ContiguousMemory::allocate(request.length(), request.preferred_node()).ok_or(AllocError::Resources)?;
    let block = Handle::new(Block { memory })?;
    request.fill(&block, |block| &block.memory)?;
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, types = crate::bindings, abi = "C")]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

/// NDIS's handle of the driver while it is registered.
static DRIVER: AtomicPtr<core::ffi::c_void> = AtomicPtr::new(null_mut());

/// Registers the provider. A callback without `#[ndis_callback]`: the two kinds may stand side by side.
unsafe extern "C" fn set_options(driver: NDIS_HANDLE, pool: NDIS_HANDLE) -> NDIS_STATUS {
    let mut provider = NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
        Header: NDIS_OBJECT_HEADER {
            Type: ndis::sys::NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS,
            Revision: ndis::sys::NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1,
            Size: ndis::sys::NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1,
        },
        Flags: 0,
        ProviderContext: pool,
        AllocateSharedMemoryHandler: Some(allocate::entry),
        FreeSharedMemoryHandler: Some(free::entry),
    };
    // SAFETY: NDIS passed the handle; the table is complete, and the entries are for a `Context<Pool>`, which lives
    // until the driver is deregistered.
    unsafe { NdisSetOptionalHandlers(driver, (&raw mut provider).cast()) }
}

/// Registers the protocol driver, from the `DriverEntry` of the image.
///
/// # Errors
///
/// NDIS's status.
pub fn load(mut protocol: NDIS_PROTOCOL_DRIVER_CHARACTERISTICS) -> Result<(), NdisStatus> {
    protocol.SetOptionsHandler = Some(set_options);
    let pool = Context::new(Pool)?.into_raw();
    let mut driver = null_mut();
    // SAFETY: the table is the caller's, and its set options handler is for this context.
    let status = NdisStatus::from_raw(unsafe { NdisRegisterProtocolDriver(pool, &raw mut protocol, &raw mut driver) });
    if !status.is_success() {
        // SAFETY: the context came from `into_raw` above, and NDIS has no driver that it would call with it.
        drop(unsafe { Context::<Pool>::from_raw(pool) });
        return Err(status);
    }
    POOL.store(pool, Ordering::Relaxed);
    DRIVER.store(driver, Ordering::Relaxed);
    Ok(())
}

/// The context of a registered driver.
static POOL: AtomicPtr<core::ffi::c_void> = AtomicPtr::new(null_mut());

/// Undoes [`load`].
pub fn unload() {
    let driver = DRIVER.swap(null_mut(), Ordering::Relaxed);
    if driver.is_null() {
        return;
    }
    // SAFETY: the handle is the one of the registration, which ends here.
    unsafe { NdisDeregisterProtocolDriver(driver) };
    // SAFETY: `load` stored it, and NDIS calls with it no more.
    drop(unsafe { Context::<Pool>::from_raw(POOL.swap(null_mut(), Ordering::Relaxed)) });
}
