//! Shared memory providers: the request a provider answers, the memory it answers with, and its registration.

mod memory;
mod provider;
mod request;

pub use memory::{PhysicalRun, SharedMemory};
pub use provider::SharedMemoryProvider;
pub use request::{PreferredNode, SharedMemoryRequest, SharedMemoryUsage};
