//! One function per callback of the catalogue. What they do is decided by [`perform`], told by the test.

use std::cell::Cell;
use std::ptr::NonNull;

use ndis::irql::{Irql, set_simulated};
use ndis::prelude::*;
use ndis::*;

use crate::common::{Bomb, Tracked, expected_panic};

/// What a function of the fixture does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Succeeds.
    Ok,
    /// Returns an error.
    Err,
    /// Returns an error that panics when it is dropped.
    ErrThatBombs,
    /// Returns an error with a place in its table of statuses that is not there.
    ErrThatLies,
    /// Panics.
    Panic,
    /// Panics with a payload that panics when it is dropped.
    PanicWithBomb,
    /// Succeeds, at another IRQL.
    ChangeIrql,
}

thread_local! {
    static ACT: Cell<Act> = const { Cell::new(Act::Ok) };
    static CALLED: Cell<u32> = const { Cell::new(0) };
}

/// What the functions do from now on, in this thread.
pub fn act(act: Act) {
    ACT.set(act);
}

/// How often a function was called since the last look.
pub fn called() -> u32 {
    CALLED.take()
}

/// An error that is counted, and may panic when it is dropped.
#[derive(Debug)]
pub struct Trouble {
    index: usize,
    _tracked: Tracked,
    _bomb: Option<Bomb>,
}

impl NdisError for Trouble {
    const STATUSES: &'static [NdisStatus] = &[NdisStatus::RESOURCES];

    fn index(&self) -> usize {
        self.index
    }
}

fn perform() -> Result<(), Trouble> {
    CALLED.set(CALLED.get() + 1);
    let trouble = |index, bomb| Err(Trouble { index, _tracked: Tracked::new(0), _bomb: bomb });
    match ACT.get() {
        Act::Ok => Ok(()),
        Act::Err => trouble(0, None),
        Act::ErrThatBombs => trouble(0, Some(Bomb)),
        Act::ErrThatLies => trouble(1, None),
        Act::Panic => expected_panic(),
        Act::PanicWithBomb => std::panic::panic_any(Bomb),
        Act::ChangeIrql => {
            set_simulated(Irql::from_raw(Irql::current().as_raw() + 1));
            Ok(())
        }
    }
}

/// The level to which [`Act::ChangeIrql`] changes.
pub fn changed(level: u8) -> Irql {
    Irql::from_raw(level + 1)
}

/// The context of every kind of object.
pub type Object = Tracked;

/// A block of shared memory.
#[derive(Debug)]
pub struct Block {
    pub tracked: Tracked,
    pub memory: Pages,
}

/// Four pages that nobody touches.
#[derive(Debug)]
pub struct Pages;

pub const PAGES_AT: usize = 0x7000_0000;
pub const PAGES: [PhysicalRun; 2] =
    [PhysicalRun { address: 0x1_0000_1000, length: 0x3000 }, PhysicalRun { address: 0x9000, length: 0x1000 }];

// SAFETY: nobody uses the addresses, in these tests.
unsafe impl SharedMemory for Pages {
    fn virtual_address(&self) -> NonNull<u8> {
        NonNull::new(std::ptr::without_provenance_mut(PAGES_AT)).unwrap()
    }

    fn length(&self) -> usize {
        0x4000
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        PAGES.into_iter()
    }
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
pub fn allocate(_provider: &Object, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, Trouble> {
    let block = Handle::new(Block { tracked: Tracked::new(1), memory: Pages }).unwrap();
    request.fill(&block, |block| &block.memory).unwrap();
    perform()?;
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
pub fn free(_provider: &Object, block: Handle<Block>) {
    assert_eq!(block.tracked.0, 1);
    let _ = perform();
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
pub fn protocol_set_options(_handle: ProtocolDriverHandle<'_>, _driver: Option<&Object>) -> Result<(), Trouble> {
    perform()
}

#[ndis_callback(MINIPORT_SET_OPTIONS)]
pub fn miniport_set_options(_handle: MiniportDriverHandle<'_>, _driver: &Object) -> Result<(), Trouble> {
    perform()
}

#[ndis_callback(MINIPORT_CANCEL_SEND)]
pub fn cancel_send(_adapter: &Object, _id: CancelId) {
    let _ = perform();
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
pub fn check_for_hang(_adapter: &Object) -> bool {
    let _ = perform();
    true
}

#[ndis_callback(MINIPORT_HALT)]
pub fn halt(_adapter: &Object, action: HaltAction) {
    assert_eq!(action, HaltAction::Stopped);
    let _ = perform();
}

#[ndis_callback(MINIPORT_ISR)]
pub fn isr(_interrupt: &Object) -> Interrupt {
    let _ = perform();
    Interrupt::Mine { queue_default_dpc: true, target_processors: 0b101 }
}

#[ndis_callback(MINIPORT_OID_REQUEST)]
pub fn oid_request(_adapter: &Object, request: OidRequest<'_>) -> Result<Answered, Trouble> {
    assert_eq!((request.kind(), request.oid()), (OidRequestKind::Query, 0x0001_0101));
    perform()?;
    Ok(request.done())
}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
pub fn send(_adapter: &Object, chain: SendChain, port: PortNumber, flags: SendFlags) {
    assert_eq!((port, flags.bits()), (PortNumber(3), 0));
    let _ = perform();
    chain.complete(NdisStatus::SUCCESS);
}

#[ndis_callback(MINIPORT_SHUTDOWN)]
pub fn shutdown(_adapter: &Object, _action: ShutdownAction) {
    let _ = perform();
}

#[ndis_callback(FILTER_ATTACH)]
pub fn attach(
    _module: FilterModuleHandle<'_>,
    _driver: Option<&Object>,
    parameters: FilterAttachParameters<'_>,
) -> Result<Context<Object>, Trouble> {
    assert_eq!((parameters.interface_index(), parameters.miniport_interface_index()), (7, 9));
    assert_eq!(parameters.mac_address(), [1, 2, 3, 4, 5, 6]);
    let module = Context::new(Tracked::new(2)).unwrap();
    perform()?;
    Ok(module)
}

#[ndis_callback(FILTER_DETACH)]
pub fn detach(_module: &Object) {
    let _ = perform();
}

#[ndis_callback(FILTER_PAUSE)]
pub fn pause(_module: &Object, pause: FilterPause<'_>) -> Answered {
    assert_eq!(pause.reason(), 0x11);
    let _ = perform();
    pause.done()
}

#[ndis_callback(PROTOCOL_UNINSTALL)]
pub fn uninstall() {
    let _ = perform();
}

#[ndis_callback(NDIS_PD_ALLOCATE_COUNTER)]
pub fn allocate_counter(_provider: &Object, wanted: PdCounterParameters<'_>) -> Result<Handle<Object>, Trouble> {
    assert_eq!(wanted.counter_type(), PdCounterType::TransmitQueue);
    let counter = Handle::new(Tracked::new(1)).unwrap();
    perform()?;
    Ok(counter)
}

#[ndis_callback(NDIS_PD_FREE_COUNTER)]
pub fn free_counter(counter: Handle<Object>) {
    assert_eq!(counter.0, 1);
    let _ = perform();
}

/// Panics always: what poisons the context.
#[ndis_callback(MINIPORT_CANCEL_SEND)]
pub fn poison(_object: &Object, _id: CancelId) {
    expected_panic()
}
