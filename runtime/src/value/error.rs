//! Errors a driver's function returns, and the statuses they become.

use core::fmt;
use core::marker::PhantomData;

use crate::contract::status::NdisStatus;

/// An error that says which `NDIS_STATUS` it becomes.
///
/// Derive it for your own error enums; see the [derive macro](derive@crate::NdisError).
///
/// The status is named by its place in [`STATUSES`](Self::STATUSES), so that what an error can become is known at
/// compile time: for a callback with a closed set of statuses the attribute checks the whole table. A place that is not there
/// does not compile.
///
/// ```
/// use ndis::{NdisError, NdisStatus};
///
/// #[derive(NdisError)]
/// enum QueueError {
///     #[status(RESOURCES)]
///     Full { length: usize },
///     #[status(INVALID_PARAMETER)]
///     NoSuchQueue(u32),
/// }
/// assert_eq!(QueueError::NoSuchQueue(7).status_index().status(), NdisStatus::INVALID_PARAMETER);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which NDIS_STATUS it becomes",
    label = "not an `NdisError`",
    note = "derive it: `#[derive(ndis::NdisError)]`, with `#[status(RESOURCES)]` on each variant"
)]
pub trait NdisError {
    /// Every status that an error of this type can become.
    const STATUSES: &'static [NdisStatus];

    /// The place of this error's status in [`STATUSES`](Self::STATUSES).
    fn status_index(&self) -> StatusIndex<Self>
    where
        Self: Sized;
}

/// A place in the table of statuses of the error type `E`, which is there.
pub struct StatusIndex<E> {
    index: usize,
    // Invariant: the table of a subtype is another one.
    table: PhantomData<fn(E) -> E>,
}

impl<E: NdisError> StatusIndex<E> {
    /// The place `I`, counted from 0. One that is not in the table does not compile.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn of<const I: usize>() -> StatusIndex<E> {
        const { assert!(I < E::STATUSES.len(), "the error's table of statuses has no such place") };
        StatusIndex { index: I, table: PhantomData }
    }

    /// The status in that place.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn status(self) -> NdisStatus {
        // SAFETY: `of` made it, of a place that is in the table.
        unsafe { *E::STATUSES.as_ptr().add(self.index) }
    }
}

impl<E> Clone for StatusIndex<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for StatusIndex<E> {}

impl<E> fmt::Debug for StatusIndex<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StatusIndex").field(&self.index).finish()
    }
}

/// Why a shared memory provider refuses to allocate: the statuses NDIS documents for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ndis_macros::NdisError)]
pub enum AllocError {
    /// There is no memory of the wanted kind now: `NDIS_STATUS_RESOURCES`.
    #[status(RESOURCES)]
    Resources,
    /// The request is one that can never succeed: `NDIS_STATUS_INVALID_PARAMETER`.
    #[status(INVALID_PARAMETER)]
    InvalidParameter,
    /// Anything else: `NDIS_STATUS_FAILURE`.
    #[status(FAILURE)]
    Failure,
}

impl fmt::Display for AllocError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AllocError::Resources => "no memory of the wanted kind",
            AllocError::InvalidParameter => "invalid parameter",
            AllocError::Failure => "failure",
        })
    }
}

impl core::error::Error for AllocError {}

/// There was no memory for a value, which is given back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OutOfMemory<T>(T);

impl<T> OutOfMemory<T> {
    pub(crate) fn new(value: T) -> OutOfMemory<T> {
        OutOfMemory(value)
    }

    /// The value for which there was no memory.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for OutOfMemory<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OutOfMemory")
    }
}

impl<T> fmt::Display for OutOfMemory<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("out of memory")
    }
}

impl<T> core::error::Error for OutOfMemory<T> {}

impl<T> From<OutOfMemory<T>> for AllocError {
    fn from(_: OutOfMemory<T>) -> AllocError {
        AllocError::Resources
    }
}

impl<T> From<OutOfMemory<T>> for NdisStatus {
    fn from(_: OutOfMemory<T>) -> NdisStatus {
        NdisStatus::RESOURCES
    }
}

/// What a function for a callback with an open set of statuses may return as its error: any [`NdisError`], or an
/// [`NdisStatus`] from below passed on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which NDIS_STATUS it becomes",
    label = "neither an `NdisError` nor an `NdisStatus`",
    note = "derive it: `#[derive(ndis::NdisError)]`, with `#[status(RESOURCES)]` on each variant"
)]
pub trait AnyError: sealed::AnyError {
    /// The statuses of an [`NdisError`], if all are errors; nothing is known of an [`NdisStatus`].
    const STATUSES: Option<&'static [NdisStatus]>;

    /// The status, which may be one that is no error.
    fn status(&self) -> NdisStatus;

    /// `Ok` with a failure status; `Err` with success or pending, which no error may become.
    #[doc(hidden)]
    #[inline(always)]
    fn error_status(&self) -> Result<NdisStatus, NdisStatus> {
        let status = self.status();
        if is_error(status) { Ok(status) } else { Err(status) }
    }
}

/// There is no third kind of error: one could return a status that is not in its table.
mod sealed {
    pub trait AnyError {}

    #[diagnostic::do_not_recommend]
    impl<E: super::NdisError> AnyError for E {}

    impl AnyError for super::NdisStatus {}
}

#[diagnostic::do_not_recommend]
impl<E: NdisError> AnyError for E {
    const STATUSES: Option<&'static [NdisStatus]> = if are_errors(E::STATUSES) { Some(E::STATUSES) } else { None };

    fn status(&self) -> NdisStatus {
        self.status_index().status()
    }

    #[inline(always)]
    fn error_status(&self) -> Result<NdisStatus, NdisStatus> {
        let status = self.status_index().status();
        // The table of nearly every error type leaves nothing to ask at run time.
        if const { are_errors(E::STATUSES) } || is_error(status) { Ok(status) } else { Err(status) }
    }
}

#[diagnostic::do_not_recommend] // the label names it
impl AnyError for NdisStatus {
    const STATUSES: Option<&'static [NdisStatus]> = None;

    fn status(&self) -> NdisStatus {
        *self
    }
}

/// Whether `status` may be returned as an error: success and pending say something else.
pub(crate) const fn is_error(status: NdisStatus) -> bool {
    status.as_raw() != NdisStatus::SUCCESS.as_raw() && status.as_raw() != NdisStatus::PENDING.as_raw()
}

const fn are_errors(statuses: &[NdisStatus]) -> bool {
    let mut i = 0;
    while i < statuses.len() && is_error(statuses[i]) {
        i += 1;
    }
    i == statuses.len()
}
