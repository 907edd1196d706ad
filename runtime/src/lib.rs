//! Windows network drivers' callbacks in safe Rust.
//!
//! NDIS calls a network driver through C function pointers, each with its own prototype, IRQL range, legal statuses and
//! ownership rules. [`ndis_callback`] makes such an entry point of a safe function:
//!
//! ```
//! use ndis::prelude::*;
//! use ndis::SharedMemoryProvider;
//! # struct Memory;
//! # unsafe impl ndis::SharedMemory for Memory {
//! #     fn virtual_address(&self) -> core::ptr::NonNull<u8> { core::ptr::NonNull::dangling() }
//! #     fn length(&self) -> usize { 0 }
//! #     fn physical_runs(&self) -> impl Iterator<Item = ndis::PhysicalRun> { core::iter::empty() }
//! # }
//! # struct Pool;
//! # impl Pool { fn lend(&self, _: u32) -> Result<Memory, AllocError> { Err(AllocError::Resources) } }
//!
//! struct Block {
//!     memory: Memory, // dropped with the block: the pages go back to where they came from
//! }
//!
//! #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
//! fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
//!     let block = Handle::new(Block { memory: pool.lend(request.length())? })?;
//!     request.fill(&block, |block| &block.memory)?;
//!     Ok(block)
//! }
//!
//! #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
//! fn free(_pool: &Pool, block: Handle<Block>) {
//!     drop(block);
//! }
//!
//! // Registration checks that both handlers agree on `Pool` and `Block`.
//! let provider = SharedMemoryProvider::new(Context::new(Pool)?).allocate::<allocate>().free::<free>();
//! # drop(provider);
//! # Ok::<(), AllocError>(())
//! ```
//!
//! # Where to look
//!
//! | | |
//! |---|---|
//! | the attribute's manual: signatures, checks, options | [`ndis_callback`] |
//! | every callback with its contract | [`callback`] |
//! | values that cross to NDIS and back | [`Context`], [`Handle`], [`NdisStatus`], [`AllocError`], [`NdisError`](derive@NdisError) |
//! | registration | [`SharedMemoryProvider`], [`ProtocolDriver`] |
//! | what happens when a contract is broken | [`breach`], [`bugcheck`] |
//! | the raw C side | [`sys`] |
//! | an image of a driver: entry, heap, panics | [`driver_entry!`], [`Driver`], [`kernel`] |
//!
//! # Builds
//!
//! The crate is `no_std` and needs a global allocator. Without features it is for kernel drivers: NDIS functions come
//! from `ndis.sys`, the IRQL from the processor, and **a panic is not caught**; the image's `#[panic_handler]` decides
//! what becomes of it. The feature `panic-handler` is one, which records the panic for the crash dump and stops the
//! machine ([`bugcheck`]). With the feature `panic-unwind`, which is **experimental** and for x86_64 images only, a panic
//! in a callback unwinds to its entry and is answered with a failure, where it can and may be.
//! [`PANICS_ARE_CONTAINED`] says which it is.
//!
//! With the feature `std` it is for tests on a host: panics are caught at the boundary and answered with a failure, the
//! IRQL is simulated per thread ([`irql::simulate`]), and the NDIS functions come from the crate `ndis-sim`, which a test
//! links with `use ndis_sim as _;`.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
extern crate self as ndis;
#[cfg(any(feature = "std", test))]
extern crate std;

pub mod argument;
pub mod breach;
pub mod bugcheck;
#[doc(hidden)]
pub mod c;
mod call;
pub mod callback;
mod cell;
mod context;
mod driver;
mod driver_entry;
mod enter;
mod error;
mod filter;
mod handle;
pub mod irql;
#[cfg(any(doc, all(windows, not(feature = "std"))))]
pub mod kernel;
mod miniport;
mod nbl;
#[cfg(any(doc, not(feature = "std")))]
mod ntoskrnl;
mod object;
mod oid;
mod operation;
pub mod outcome;
mod panic;
mod pd;
mod policy;
mod protocol;
pub mod registration;
pub mod role;
mod set_options;
mod shared_memory;
pub mod slot;
mod status;
pub mod sys;

pub use ndis_macros::{NdisError, ndis_callback, ndis_defaults};

#[doc(hidden)]
pub use argument::{GivenBack, Lent, NullableLent, Retired, Value, View};
pub use breach::{Breach, BreachKind};
pub use callback::Entry;
pub use context::{Context, ContextRef, ContextValue};
pub use driver::Driver;
pub use error::{AllocError, AnyError, NdisError, OutOfMemory};
pub use filter::{FilterAttachParameters, FilterModuleHandle, FilterPause, PendingFilterPause};
pub use handle::{Handle, HandleValue, Opaque};
pub use irql::Irql;
pub use miniport::{CancelId, HaltAction, Interrupt, PortNumber, SendFlags, ShutdownAction};
pub use nbl::SendChain;
pub use oid::{OidRequest, OidRequestKind, PendingOidRequest};
pub use operation::Answered;
pub use panic::PANICS_ARE_CONTAINED;
pub use pd::{PdCounterParameters, PdCounterType};
pub use policy::{IrqlCheck, OnPanic, Policy};
pub use protocol::{ProtocolDriver, Registered};
pub use set_options::{MiniportDriverHandle, ProtocolDriverHandle};
pub use shared_memory::{
    PhysicalRun, PreferredNode, SharedMemory, SharedMemoryProvider, SharedMemoryRequest, SharedMemoryUsage,
};
pub use status::NdisStatus;

/// What most callbacks need.
pub mod prelude {
    pub use crate::{AllocError, Answered, Context, Handle, NdisError, NdisStatus, SharedMemoryRequest, ndis_callback};
}

/// For the code that `#[ndis_callback]` writes.
#[doc(hidden)]
pub mod __private {
    pub use crate::error::check_statuses;
}

mod sealed {
    pub trait Sealed {}
}
