//! One function per callback of the catalogue, generated. What they do is decided by [`perform`], told by the test.

use std::cell::Cell;
use std::ptr::NonNull;

use ndis::irql::{Irql, set_simulated};
use ndis::operation::Owes;
use ndis::prelude::*;
use ndis::*;

use crate::common::record::{Bomb, Tracked, expected_panic};
use crate::special::{Answer, Look, LookAway, Make};

/// What a function of the fixture does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Succeeds.
    Ok,
    /// Returns an error.
    Err,
    /// Returns an error that panics when it is dropped.
    ErrThatBombs,
    /// Returns an error whose status is none.
    ErrThatLies,
    /// Panics.
    Panic,
    /// Panics with a payload that panics when it is dropped.
    PanicWithBomb,
    /// Succeeds, at another IRQL.
    ChangeIrql,
    /// Pends, where that can be, and completes at once.
    Pend,
    /// Pends, and panics with the token in its hands.
    PendAndPanic,
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
    says: StatusIndex<Trouble>,
    _tracked: Tracked,
    _bomb: Option<Bomb>,
}

impl Trouble {
    fn new(says: StatusIndex<Trouble>, bomb: Option<Bomb>) -> Trouble {
        Trouble { says, _tracked: Tracked::new(0), _bomb: bomb }
    }

    /// What an operation that was refused on the way says.
    pub fn failure() -> Trouble {
        Trouble::new(StatusIndex::of::<1>(), None)
    }
}

impl NdisError for Trouble {
    const STATUSES: &'static [NdisStatus] = &[NdisStatus::RESOURCES, NdisStatus::FAILURE, NdisStatus::SUCCESS];

    fn status_index(&self) -> StatusIndex<Trouble> {
        self.says
    }
}

/// The same where only some statuses are legal.
#[derive(Debug)]
pub struct ClosedTrouble(#[allow(dead_code)] Trouble); // what counts is that it is dropped

impl From<Trouble> for ClosedTrouble {
    fn from(trouble: Trouble) -> ClosedTrouble {
        ClosedTrouble(trouble)
    }
}

impl NdisError for ClosedTrouble {
    const STATUSES: &'static [NdisStatus] = &[NdisStatus::RESOURCES];

    fn status_index(&self) -> StatusIndex<ClosedTrouble> {
        StatusIndex::of::<0>()
    }
}

/// Does it, but for answering.
pub fn perform() -> Result<(), Trouble> {
    CALLED.set(CALLED.get() + 1);
    match ACT.get() {
        Act::Ok | Act::Pend | Act::PendAndPanic => Ok(()),
        Act::Err => Err(Trouble::new(StatusIndex::of::<0>(), None)),
        Act::ErrThatBombs => Err(Trouble::new(StatusIndex::of::<0>(), Some(Bomb))),
        Act::ErrThatLies => Err(Trouble::new(StatusIndex::of::<2>(), None)),
        Act::Panic => expected_panic(),
        Act::PanicWithBomb => std::panic::panic_any(Bomb),
        Act::ChangeIrql => {
            set_simulated(Irql::from_raw(Irql::current().as_raw() + 1));
            Ok(())
        }
    }
}

/// The level to which [`Act::ChangeIrql`] changes.
pub fn changed(level: u8) -> u8 {
    level + 1
}

/// Answers an operation as the test says.
pub fn answer<K: Owes>(operation: Operation<'_, K>) -> Answered {
    match ACT.get() {
        Act::Pend => {
            let (pending, answered) = operation.pend();
            pending.complete();
            answered
        }
        Act::PendAndPanic => {
            let _pending = operation.pend();
            expected_panic()
        }
        _ => operation.done(),
    }
}

/// Panics now, if the test wants that after something irrevocable.
pub fn panic_if_pended() {
    if ACT.get() == Act::PendAndPanic {
        expected_panic();
    }
}

/// The context of every kind of object.
pub type Object = Tracked;

/// A block of shared memory.
#[derive(Debug)]
pub struct Block {
    pub tracked: Tracked,
    pub memory: Pages,
}

impl Block {
    /// A block, counted like an object.
    pub fn new(number: u32) -> Block {
        Block { tracked: Tracked::new(number), memory: Pages }
    }
}

/// Four pages that nobody touches.
#[derive(Debug)]
pub struct Pages;

// SAFETY: nobody uses the addresses, in these tests.
unsafe impl SharedMemory for Pages {
    fn virtual_address(&self) -> NonNull<u8> {
        NonNull::new(std::ptr::without_provenance_mut(0x7000_0000)).unwrap()
    }

    fn length(&self) -> usize {
        0x4000
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        [PhysicalRun { address: 0x1_0000_1000, length: 0x3000 }, PhysicalRun { address: 0x9000, length: 0x1000 }]
            .into_iter()
    }
}

const INTERRUPT: Interrupt = Interrupt::Mine { queue_default_dpc: true, target_processors: 0b101 };

/// The object is the one that the test passed, if it passed one.
fn is_lent<'a>(object: impl Into<Option<&'a Object>>) {
    assert!(object.into().is_none_or(|object| object.0 == 0));
}

mod functions {
    #![deny(warnings)] // what the attribute writes warns nobody,
    #![forbid(unsafe_code)] // and is no unsafe code of the driver's
    #![allow(clippy::needless_borrow)] // with a borrow more, a value that nobody looks at has a `look` too

    use super::*;

    include!(concat!(env!("OUT_DIR"), "/fixture.rs"));
}
pub use functions::*;
