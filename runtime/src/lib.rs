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
//! IRQL is simulated per thread ([`irql::simulate`]), and NDIS functions come from the crate `ndis-sim`, which a test
//! links with `use ndis_sim as _;`. That crate defines what registration and shared memory need and some completions;
//! its documentation lists the functions that it does not define. A host test of a driver that uses one of these does
//! not link, unless the test defines that function.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
extern crate self as ndis;
#[cfg(any(doc, feature = "std", test))]
extern crate std;

mod boundary;
pub mod callback;
mod contract;
mod driver;
mod driver_entry;
mod family;
#[cfg(any(doc, ndis_image))]
pub mod kernel;
mod stop;
pub mod sys;
mod value;

/// Breaches: what a callback's entry noticed of a broken contract, and who is told.
pub mod breach {
    pub use crate::contract::breach::{Breach, BreachKind};
    pub use crate::stop::report::{Hook, set_hook};
}

/// [`Callback`]s that hand the driver something it comes to owe, and what is done with that.
pub mod operation {
    pub use crate::boundary::operation::{MayFail, Owes};
    pub use crate::family::filter::Settles;
    pub use crate::family::nbl::{Complete, Direction, Forward, Lists, Receive};
    pub use crate::family::oid::OidOperation;
}

pub use boundary::operation::{Answered, Operation, Pending};
#[doc(no_inline)]
pub use breach::{Breach, BreachKind};
#[doc(no_inline)]
pub use callback::{Callback, Entry};
pub use contract::irql::{self, Irql};
pub use contract::status::NdisStatus;
pub use driver::Driver;
pub use family::binding::{BindRequest, DriverEvent, ProtocolEvent, opened};
pub use family::condis::{CmCloseAf, VcHandle};
pub use family::filter::{FilterAttach, FilterPause, Pass, StatusIndication};
pub use family::initialize::{Initialized, MiniportInit, RegistrationAttributes};
pub use family::miniport::{CancelId, HaltAction, Interrupt, MiniportPause, MiniportReset, ShutdownAction};
pub use family::nbl::{Chain, FilterReceive, FilterSend, LentChain, MiniportSend, PortNumber, Received};
pub use family::oid::{FilterOidRequest, ForwardedOid, MiniportOidRequest, OidKind};
pub use family::pd::{PdCounterParameters, PdCounterType};
pub use family::protocol::{ProtocolDriver, RegisteredProtocol};
pub use family::registration;
pub use family::set_options::{MiniportDriverHandle, ProtocolDriverHandle};
pub use family::shared_memory::{
    PhysicalRun, PreferredNode, SharedMemory, SharedMemoryProvider, SharedMemoryRequest, SharedMemoryUsage,
};
#[doc = include_str!("../docs/ndis_error.md")]
#[doc(inline)]
pub use ndis_macros::NdisError;
#[doc = include_str!("../docs/ndis_callback.md")]
#[doc(inline)]
pub use ndis_macros::ndis_callback;
#[doc = include_str!("../docs/ndis_defaults.md")]
#[doc(inline)]
pub use ndis_macros::ndis_defaults;
pub use stop::bugcheck;
pub use stop::panic::PANICS_ARE_CONTAINED;
pub use value::context::{Context, ContextRef, ContextValue};
pub use value::error::{AllocError, AnyError, NdisError, OutOfMemory, StatusIndex};
pub use value::handle::{Handle, HandleValue, Opaque};

/// What a driver's callbacks are written with: every type that stands in a signature.
pub mod prelude {
    #[doc(no_inline)]
    pub use crate::{
        AllocError, Answered, BindRequest, CancelId, Chain, CmCloseAf, Context, ContextRef, DriverEvent, FilterAttach,
        FilterOidRequest, FilterPause, FilterReceive, FilterSend, ForwardedOid, HaltAction, Handle, Initialized,
        Interrupt, MiniportDriverHandle, MiniportInit, MiniportOidRequest, MiniportPause, MiniportReset, MiniportSend,
        NdisError, NdisStatus, OutOfMemory, Pass, PdCounterParameters, Pending, ProtocolDriverHandle, ProtocolEvent,
        Received, SharedMemoryRequest, ShutdownAction, StatusIndication, VcHandle, ndis_callback,
    };
}

/// The door for the code that `#[ndis_callback]` writes.
#[doc(hidden)]
pub mod __private {
    pub use crate::__assert_layout as assert_layout;
    pub use crate::boundary::argument::{Argument, words};
    pub use crate::boundary::callback::{Entry, Pointer};
    #[cfg(debug_assertions)]
    pub use crate::boundary::erased::COMPILED_ONCE;
    pub use crate::boundary::outcome::{Kept, NoVerdict, Outcome, Verdict, check_statuses};
    pub use crate::boundary::policy::{IrqlCheck, OnPanic, Policy};
    pub use crate::sys::c;
}
