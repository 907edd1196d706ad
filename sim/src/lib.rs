//! NDIS on the desk: plays Windows' network stack to a driver on any host, so that the driver's callbacks can be tested
//! with `cargo test`.
//!
//! A [`Machine`] is one simulated computer. Drivers register with it through NDIS functions, which this crate defines
//! under their own names, so a driver in Rust (with the crate `ndis`) and one in C use them alike. The machine
//! calls the driver's callbacks through their C pointers, at the simulated IRQL that the calling thread is at, checks all
//! that they do, and [reports](Report) each [breach](Breach) with who says that it is one ([`Source`]).
//!
//! ```
//! use ndis::prelude::*;
//! use ndis::{ProtocolDriver, SharedMemoryProvider};
//! use ndis_sim::{Ask, Machine, Pages};
//!
//! // The driver: a provider of shared memory.
//! struct Driver;
//! struct Pool;
//! struct Shared {
//!     pages: Pages,
//! }
//!
//! #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
//! fn allocate(_pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Shared>, AllocError> {
//!     let pages = Pages::allocate(request.length() as usize, request.is_contiguous()).ok_or(AllocError::Resources)?;
//!     let block = Handle::new(Shared { pages })?;
//!     request.fill(&block, |block| &block.pages)?;
//!     Ok(block)
//! }
//!
//! #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
//! fn free(_pool: &Pool, block: Handle<Shared>) {
//!     drop(block);
//! }
//!
//! #[ndis_callback(PROTOCOL_SET_OPTIONS)]
//! fn set_options(_driver: &Driver, handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
//!     let pool = Context::new(Pool)?;
//!     handle.register_shared_memory_provider(SharedMemoryProvider::new(pool).allocate::<allocate>().free::<free>())
//! }
//!
//! // The test.
//! let machine = Machine::new();
//! machine.run(|| -> Result<(), NdisStatus> {
//!     let driver = ProtocolDriver::new(Context::new(Driver)?).set_options::<set_options>().register("pool")?;
//!
//!     let adapter = machine.adapter();
//!     adapter.register_dma()?;
//!     let block = adapter.allocate(Ask::new(10_000))?;
//!     assert!(block.runs().len() > 1);
//!     adapter.free(&block);
//!
//!     machine.refuse_pages(1);
//!     assert_eq!(adapter.allocate(Ask::new(10_000)), Err(NdisStatus::RESOURCES));
//!     adapter.halt();
//!
//!     driver.deregister();
//!     Ok(())
//! })?;
//! let report = machine.finish();
//! report.assert_clean();
//! assert_eq!(report.counts().peak_bytes, 10_000);
//! # Ok::<(), NdisStatus>(())
//! ```
//!
//! # What it plays
//!
//! - Protocol and miniport drivers: registration, with the set options callback in it, and its end. No adapter is bound
//!   or initialized by itself.
//! - Shared memory: providers, and [`Adapter`] as a consumer.
//! - OID requests and sends to an [`Adapter`], and attaching, pausing and detaching a [`FilterModule`]: the test passes
//!   the entry points.
//! - Faults: memory that runs out, calls at a wrong level, calls with wrong arguments, calls that come early. They are
//!   methods of [`Machine`].
//!
//! # What it does not play
//!
//! It defines 13 of the 31 NDIS functions that `ndis::sys` declares. It does not define these:
//!
//! - Bindings and plug-and-play events: `NdisOpenAdapterEx`, `NdisCloseAdapterEx`, `NdisCompleteBindAdapterEx`,
//!   `NdisCompleteUnbindAdapterEx`, `NdisCompleteNetPnPEvent`.
//! - Miniports: `NdisMSetMiniportAttributes`, `NdisMPauseComplete`, `NdisMResetComplete`.
//! - The data, status and OID paths of filters: `NdisFSendNetBufferLists`, `NdisFSendNetBufferListsComplete`,
//!   `NdisFIndicateReceiveNetBufferLists`, `NdisFReturnNetBufferLists`, `NdisFIndicateStatus`, `NdisFOidRequest`,
//!   `NdisFOidRequestComplete`, `NdisAllocateCloneOidRequest`, `NdisFreeCloneOidRequest`.
//! - Connection-oriented NDIS: `NdisCmCloseAddressFamilyComplete`.
//!
//! A host test of a driver that uses one of them does not link, unless the test defines the function itself. Timers and
//! interrupts are not played either.
//!
//! # How it checks a provider
//!
//! A provider gets copies of the consumer's parameters and of its scatter/gather list, with zones around them that
//! nobody may write to. Before the call the copy's answers are NULL and its list has the preset count that real
//! consumers give, the capacity; the place of the block's handle holds a value that no driver has. What a right answer
//! says is copied to the consumer. A wrong one is reported, the provider gets its block back if it is known, and the
//! consumer gets `NDIS_STATUS_FAILURE`, so that one mistake stays one.
//!
//! # Assumptions
//!
//! Nobody has documented what NDIS does here; a report names those that a run relied on ([`Report::assumptions`]).
//!
//! - Of several providers, the one that registered last is asked. The flag for virtual ports changes nothing.
//! - Without a provider, NDIS takes memory from the HAL: one contiguous piece, `SharedMemoryHandle` NULL.
//!
//! # Under Miri and sanitizers
//!
//! A handle is a number that the machine looks up, whatever a driver passes: a stale or foreign one is a breach and not
//! undefined behaviour. [`Pages`] and all structures that drivers see are heap memory of their own, so a sanitizer
//! notices a driver that goes far past an end or uses something too late.
#![allow(non_snake_case)] // NDIS functions and their arguments have the names of ndis.h

// Imports go downwards: a layer knows only those below it.
mod desk;

mod functions;

mod shared_memory;

mod machine;

mod known;

mod memory;

mod report;

pub use desk::adapter::Adapter;
pub use desk::consumer::{Ask, Block};
pub use desk::filter::FilterModule;
pub use desk::machine::Machine;
pub use desk::miniport::SentOid;
pub use desk::pages::Pages;
pub use functions::dma::{NdisMDeregisterScatterGatherDma, NdisMRegisterScatterGatherDma};
pub use functions::drivers::{
    NdisDeregisterProtocolDriver, NdisMDeregisterMiniportDriver, NdisMRegisterMiniportDriver,
    NdisRegisterProtocolDriver,
};
pub use functions::filter::{NdisFPauseComplete, NdisFSetAttributes};
pub use functions::miniport::{NdisMOidRequestComplete, NdisMSendNetBufferListsComplete};
pub use functions::optional_handlers::NdisSetOptionalHandlers;
pub use functions::shared_memory::{NdisAllocateSharedMemory, NdisFreeSharedMemory};
pub use known::faults::{Argument, BadPointer, HeaderFault};
pub use memory::frames::PAGE_SIZE;
pub use report::{Assumption, Breach, Counts, Report, Rule, Source};
