//! Breaches: what a callback's entry noticed of a broken contract.

use core::fmt;

use crate::contract::irql::{Irql, IrqlRange};
use crate::contract::status::NdisStatus;

/// A contract that NDIS, another driver or this driver broke, noticed by the entry of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breach {
    /// The ndis.h name of the callback, such as `ALLOCATE_SHARED_MEMORY_HANDLER`.
    pub callback: &'static str,
    /// What was wrong.
    pub kind: BreachKind,
}

/// What was wrong in a [`Breach`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BreachKind {
    /// A context handle that may not be NULL was NULL.
    NullContext,
    /// A context handle was not aligned as the driver's context is.
    MisalignedContext,
    /// A context handle points to a context of another type: a table mixes two drivers' contexts.
    ForeignContext,
    /// A pointer to a structure, a buffer or an out value was NULL.
    NullPointer,
    /// A pointer to a structure, a buffer or an out value was not aligned.
    MisalignedPointer,
    /// The structure's `Header.Type` is not the one of the callback.
    ObjectType {
        /// The `NDIS_OBJECT_TYPE_*` the callback takes.
        expected: u8,
        /// The one found.
        found: u8,
    },
    /// The structure's `Header.Size` is smaller than its first revision.
    ObjectSize {
        /// The size of the first revision, in bytes.
        minimum: u16,
        /// The size found, in bytes.
        found: u16,
    },
    /// NDIS called at an IRQL the callback is not called at.
    Irql {
        /// The legal levels.
        legal: IrqlRange,
        /// The level at entry.
        found: Irql,
    },
    /// The function returned at another IRQL than it was called at.
    IrqlChanged {
        /// The level at entry.
        entry: Irql,
        /// The level when the function returned.
        exit: Irql,
    },
    /// A context was poisoned by an earlier panic, so the function was not called.
    Poisoned,
    /// The function panicked.
    Panicked,
    /// The function panicked again, on a context that an earlier panic had poisoned.
    PanickedTwice,
    /// The function's error maps to a status that no error may have.
    IllegalStatus(NdisStatus),
    /// The function returned a block whose memory it did not pass to `SharedMemoryRequest::fill`.
    NotFilled,
    /// The function said that it made a handle or gave NDIS a context, which it did not.
    NotMade,
    /// The function said it answered the request, but neither `done` nor `pend` ran.
    NotAnswered,
    /// The context has no NDIS handle, so nothing can be completed through it.
    NoNdisHandle,
    /// Lists or a request could not be given back for a function that did not run: the IRQL is too high.
    NotGivenBack,
    /// A driver's registration was dropped without deregistering: what it owns is leaked.
    DroppedRegistration,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.callback, self.kind)
    }
}

impl fmt::Display for BreachKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            BreachKind::NullContext => f.write_str("the context handle is NULL"),
            BreachKind::MisalignedContext => f.write_str("the context handle is misaligned"),
            BreachKind::ForeignContext => f.write_str("the context handle belongs to a context of another type"),
            BreachKind::NullPointer => f.write_str("a pointer that must not be NULL is NULL"),
            BreachKind::MisalignedPointer => f.write_str("a pointer is misaligned"),
            BreachKind::ObjectType { expected, found } => {
                write!(f, "Header.Type is {found:#04x}, not {expected:#04x}")
            }
            BreachKind::ObjectSize { minimum, found } => {
                write!(f, "Header.Size is {found} bytes, the first revision has {minimum}")
            }
            BreachKind::Irql { legal, found } => {
                write!(f, "called at {found}, legal is {} to {}", legal.min, legal.max)
            }
            BreachKind::IrqlChanged { entry, exit } => write!(f, "called at {entry}, returned at {exit}"),
            BreachKind::Poisoned => f.write_str("not run, an earlier panic poisoned its context"),
            BreachKind::Panicked => f.write_str("the function panicked"),
            BreachKind::PanickedTwice => f.write_str("the function panicked on a context poisoned by an earlier panic"),
            BreachKind::IllegalStatus(status) => write!(f, "{status} is not an error this callback may return"),
            BreachKind::NotFilled => f.write_str("the returned block was not passed to `fill`"),
            BreachKind::NotMade => f.write_str("the function claims what it did not make"),
            BreachKind::NotAnswered => f.write_str("the request was neither done nor pended"),
            BreachKind::NoNdisHandle => f.write_str("the context has no NDIS handle to complete through"),
            BreachKind::NotGivenBack => {
                f.write_str("lists or a request are lost: the IRQL is too high to give them back")
            }
            BreachKind::DroppedRegistration => f.write_str("a registration was dropped without deregistering"),
        }
    }
}
