//! [`Context`]: a driver's value that NDIS passes back to every callback of an object.

use core::fmt;
use core::mem::ManuallyDrop;
use core::ops::Deref;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::sys::NDIS_HANDLE;
use crate::value::block::{ContextBlock, Header};
use crate::value::error::OutOfMemory;

/// What a [`Context`] may own: `Send + Sync + 'static`, since NDIS calls back from several threads at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an NDIS context",
    label = "not `Send + Sync + 'static`",
    note = "NDIS calls back with the same context on several processors at once, long after it was registered: \
            a context must be `Send` and `Sync` and must not borrow"
)]
pub trait ContextValue: Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync + 'static> ContextValue for T {}

/// A driver's context: what NDIS echoes as the first argument of an object's callbacks, which see it as `&T`.
///
/// The `NDIS_HANDLE` of a context points to the runtime's block around the `T`, not to a bare `T`: beside the value
/// stand its type, whether a panic poisoned it, and NDIS's own handle of the object.
///
/// A context that is registered belongs to the registration and is freed only when that has ended; a context that is
/// dropped before is freed at once. IRQL of dropping: up to DISPATCH_LEVEL, or less if the `T` needs less.
///
/// ```
/// use ndis::Context;
///
/// let context = Context::new([1, 2, 3])?;
/// assert_eq!(context.len(), 3);
/// assert!(!context.as_raw().is_null());
/// # Ok::<(), ndis::AllocError>(())
/// ```
pub struct Context<T: 'static> {
    block: NonNull<ContextBlock<T>>,
}

// SAFETY: the context owns its `T`, which is `Send`.
unsafe impl<T: ContextValue> Send for Context<T> {}
// SAFETY: a shared context gives out `&T` of a `T` that is `Sync`; the header's fields are atomic or never change.
unsafe impl<T: ContextValue> Sync for Context<T> {}

impl<T: ContextValue> Context<T> {
    /// Moves `value` to the heap and makes a context of it. IRQL: up to DISPATCH_LEVEL, the limit of the pool.
    ///
    /// # Errors
    ///
    /// [`OutOfMemory`] gives the value back. It converts to [`AllocError::Resources`](crate::AllocError) with `?`.
    pub fn new(value: T) -> Result<Context<T>, OutOfMemory<T>> {
        ContextBlock::allocate(value).map(|block| Context { block }).map_err(OutOfMemory::new)
    }
}

impl<T: 'static> Context<T> {
    /// The `NDIS_HANDLE` of this context, for a table that is filled by hand. The context stays the owner.
    pub fn as_raw(&self) -> NDIS_HANDLE {
        self.block.as_ptr().cast()
    }

    /// Whether a panic in an earlier callback left the value in an unknown state.
    pub fn is_poisoned(&self) -> bool {
        self.header().poisoned.load(Ordering::Relaxed)
    }

    /// Gives the context up without freeing it; [`Context::from_raw`] takes it back.
    #[must_use = "without the handle the context is never freed"]
    pub fn into_raw(self) -> NDIS_HANDLE {
        ManuallyDrop::new(self).as_raw()
    }

    /// Takes a context back.
    ///
    /// # Safety
    ///
    /// `raw` came from [`Context::into_raw`] of the same `T` and has not been taken back since; no callback uses it.
    pub unsafe fn from_raw(raw: NDIS_HANDLE) -> Context<T> {
        // SAFETY: `into_raw` returns no NULL.
        Context { block: unsafe { NonNull::new_unchecked(raw.cast()) } }
    }

    /// Notes NDIS's own handle of the object this context is for, through which the runtime completes requests.
    ///
    /// # Safety
    ///
    /// `ndis_handle` is the handle NDIS gave for the object whose callbacks get this context (for a miniport adapter
    /// the `NdisMiniportHandle` of its initialization) and stays valid as long as those callbacks run and anything
    /// they pended is open.
    pub unsafe fn set_ndis_handle(&self, ndis_handle: NDIS_HANDLE) {
        self.header().ndis_handle.store(ndis_handle, Ordering::Release);
    }

    pub(crate) fn header(&self) -> &Header {
        // SAFETY: the context owns the block.
        unsafe { &self.block.as_ref().header }
    }

    /// The header of a context that the caller gives up, for a new owner.
    pub(crate) fn into_header(self) -> NonNull<Header> {
        ManuallyDrop::new(self).block.cast()
    }
}

/// A context lent to a callback that wants to know more of it than the value: a callback that runs although an earlier
/// panic poisoned its context, such as one that takes memory back, sees it with [`is_poisoned`](Self::is_poisoned).
///
/// ```
/// use ndis::{ContextRef, prelude::*};
/// # struct Pool;
/// # impl Pool { fn quarantine<T>(&self, _: T) {} }
///
/// #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
/// fn free(pool: ContextRef<'_, Pool>, block: Handle) {
///     match pool.is_poisoned() {
///         true => pool.quarantine(block),
///         false => drop(block),
///     }
/// }
/// # let _ = free::entry;
/// ```
pub struct ContextRef<'call, T: 'static> {
    block: &'call ContextBlock<T>,
}

impl<'call, T> ContextRef<'call, T> {
    pub(crate) fn new(block: &'call ContextBlock<T>) -> ContextRef<'call, T> {
        ContextRef { block }
    }

    /// Whether a panic in an earlier callback left the value in an unknown state.
    pub fn is_poisoned(self) -> bool {
        self.block.header.poisoned.load(Ordering::Acquire)
    }
}

impl<T> Clone for ContextRef<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ContextRef<'_, T> {}

impl<T> Deref for ContextRef<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.block.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ContextRef<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ContextRef").field(&**self).finish()
    }
}

impl<T> Deref for Context<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the context owns the block, and nobody changes the value but through `&T`.
        unsafe { &self.block.as_ref().value }
    }
}

impl<T> Drop for Context<T> {
    fn drop(&mut self) {
        // SAFETY: the context owns the block, and this is its end.
        unsafe { ContextBlock::free(self.block) };
    }
}

impl<T: fmt::Debug> fmt::Debug for Context<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Context").field(&**self).finish()
    }
}
