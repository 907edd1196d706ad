//! What a driver's image needs beside callbacks, in a kernel build for Windows: no `std` feature.
//!
//! An image crate is this and nothing else; the driver itself is a library, see [`Driver`](crate::Driver):
//!
//! ```ignore
//! #![no_std]
//! #![no_main]
//!
//! #[global_allocator]
//! static POOL: ndis::kernel::PoolAllocator = ndis::kernel::PoolAllocator::new(*b"MyDr");
//!
//! ndis::driver_entry!(my_driver::MyDriver);
//! ```
//!
//! The feature `panic-handler` adds a panic handler, [`panicked`].

mod alloc;
mod entry;
mod memory;

pub use alloc::PoolAllocator;
#[doc(hidden)]
pub use entry::Loaded;
pub use memory::ContiguousMemory;

pub use crate::stop::panic::panicked;
pub use crate::stop::print::print;
