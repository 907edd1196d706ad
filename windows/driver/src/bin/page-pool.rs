//! The image: the driver's library and a heap.
#![no_std]
#![no_main]

use ndis::kernel::PoolAllocator;
use page_pool_driver::PagePool;

#[global_allocator]
static POOL: PoolAllocator = PoolAllocator::new(*b"PgPl");

ndis::driver_entry!(PagePool);
