//! The faults that a test asked for, until the calls that have them are made.

use std::mem;
use std::ptr;

use ndis::irql::Irql;
use ndis::sys::{NDIS_OBJECT_TYPE_DEFAULT, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1};

/// A wrong field in the header of the parameters of an allocation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeaderFault {
    /// `Header.Type`. A provider must refuse any but `NDIS_OBJECT_TYPE_DEFAULT`.
    Type(u8),
    /// `Header.Size`. A provider must refuse one below the first revision's.
    Size(u16),
    /// `Header.Revision`. A provider takes a newer one.
    Revision(u8),
}

/// An argument of a provider's allocate handler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Argument {
    /// `ProviderContext`
    ProviderContext,
    /// `SharedMemoryParameters`
    Parameters,
    /// `SharedMemoryParameters->SGListBuffer`
    ScatterGatherList,
    /// `pSharedMemoryProviderContext`
    BlockHandle,
}

/// What is wrong with a pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadPointer {
    /// It is NULL.
    Null,
    /// It is one byte further than it should be.
    Misaligned,
}

impl BadPointer {
    fn spoil<T>(self, pointer: *mut T) -> *mut T {
        match self {
            BadPointer::Null => ptr::null_mut(),
            BadPointer::Misaligned => pointer.wrapping_byte_add(1),
        }
    }
}

/// The faults of the next calls.
#[derive(Default)]
pub(crate) struct CallFaults {
    pub(crate) irql: Option<(Irql, u32)>,
    pub(crate) allocate: AllocateFaults,
    pub(crate) early_call: bool,
}

impl CallFaults {
    /// The level of the next call of a provider, if it is not the caller's.
    pub(crate) fn take_irql(&mut self) -> Option<Irql> {
        let (level, calls) = self.irql.filter(|(_, calls)| *calls > 0)?;
        self.irql = Some((level, calls - 1));
        Some(level)
    }

    pub(crate) fn take_allocate(&mut self) -> AllocateFaults {
        mem::take(&mut self.allocate)
    }
}

/// The faults of one call to allocate.
#[derive(Clone, Copy, Default)]
pub(crate) struct AllocateFaults {
    pub(crate) header: Option<HeaderFault>,
    pub(crate) pointer: Option<(Argument, BadPointer)>,
}

impl AllocateFaults {
    pub(crate) fn are_none(self) -> bool {
        self.header.is_none() && self.pointer.is_none()
    }

    /// The pointer to pass in this argument.
    pub(crate) fn pointer<T>(self, argument: Argument, right: *mut T) -> *mut T {
        match self.pointer {
            Some((spoilt, bad)) if spoilt == argument => bad.spoil(right),
            _ => right,
        }
    }

    /// Whether a provider cannot do right but to refuse.
    pub(crate) fn must_be_refused(self) -> bool {
        let header = match self.header {
            Some(HeaderFault::Type(found)) => found != NDIS_OBJECT_TYPE_DEFAULT,
            Some(HeaderFault::Size(found)) => found < NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1,
            Some(HeaderFault::Revision(_)) | None => false,
        };
        header || self.pointer.is_some()
    }
}
