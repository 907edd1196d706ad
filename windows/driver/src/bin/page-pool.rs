//! The image: the driver's library, a heap, and what becomes of a panic.
#![no_std]
#![no_main]

use ndis::kernel::PoolAllocator;
use page_pool_driver::PagePool;

#[global_allocator]
static POOL: PoolAllocator = PoolAllocator::new(*b"PgPl");

ndis::driver_entry!(PagePool);

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    ndis::kernel::panicked(info)
}
