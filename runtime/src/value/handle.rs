//! [`Handle`]: a driver's value that NDIS keeps and gives back.

use core::ffi::c_void;
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::Deref;
use core::ptr::NonNull;

use crate::contract::breach::BreachKind;
use crate::sys::NDIS_HANDLE;
use crate::value::block::{ContextBlock, Header};
use crate::value::error::OutOfMemory;

/// What a [`Handle`] may own: `Send + 'static`, since NDIS gives it back from any thread, at any later time.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be kept in an NDIS handle",
    label = "not `Send + 'static`",
    note = "NDIS gives a handle back on any thread, long after the call: what it owns must be `Send` and must not borrow"
)]
pub trait HandleValue: Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Send + 'static> HandleValue for T {}

/// A value that NDIS never looks into, without a block of memory of its own.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Opaque(NonNull<c_void>);

// SAFETY: the pointer is only a value here; nothing in this crate dereferences it.
unsafe impl Send for Opaque {}
// SAFETY: as above.
unsafe impl Sync for Opaque {}

/// A driver's value that NDIS keeps as an `NDIS_HANDLE` and gives back: a shared memory block, for example.
///
/// A `Handle<T>` owns its `T`; dropping the handle drops the `T`. Returned from a callback, it becomes the handle that
/// NDIS stores; the callback that gets it back receives it by value. If a later check of the same call fails, the
/// runtime drops the handle, so a `T` gives back what it holds in its `Drop`. IRQL of dropping: up to DISPATCH_LEVEL,
/// or less if the `T` needs less.
///
/// There is no way to change the `T` through its handle (`Deref`, but no `DerefMut`): NDIS and the device use memory
/// that the `T` owns. A `T` that changes uses atomics or a lock.
///
/// Plain `Handle` is `Handle<Opaque>`: it wraps a pointer-sized value that NDIS never looks into and allocates nothing.
///
/// ```
/// use ndis::Handle;
///
/// struct Block { pages: usize }
///
/// let block = Handle::new(Block { pages: 4 })?;
/// assert_eq!(block.pages, 4);
/// # Ok::<(), ndis::AllocError>(())
/// ```
pub struct Handle<T: 'static = Opaque> {
    /// The block of the `T`; for `Opaque` the value itself.
    raw: NonNull<c_void>,
    owns: PhantomData<T>,
}

// SAFETY: the handle is the only owner of a `T` that is `Send`; the header's fields are atomic or never change.
unsafe impl<T: HandleValue> Send for Handle<T> {}
// SAFETY: a shared handle gives out `&T` only.
unsafe impl<T: HandleValue + Sync> Sync for Handle<T> {}

/// Whether `T` is the one type whose handles have no block.
pub(crate) fn is_opaque<T: 'static>() -> bool {
    core::any::TypeId::of::<T>() == core::any::TypeId::of::<Opaque>()
}

impl<T: HandleValue> Handle<T> {
    /// Moves `value` to the heap and makes a handle of it. IRQL: up to DISPATCH_LEVEL, the limit of the pool.
    ///
    /// # Errors
    ///
    /// [`OutOfMemory`] gives the value back. It converts to [`AllocError::Resources`](crate::AllocError) with `?`.
    pub fn new(value: T) -> Result<Handle<T>, OutOfMemory<T>> {
        if is_opaque::<T>() {
            // SAFETY: `T` is `Opaque`, which is `repr(transparent)` over the pointer and `Copy`.
            let raw = unsafe { core::mem::transmute_copy::<T, NonNull<c_void>>(&value) };
            return Ok(Handle { raw, owns: PhantomData });
        }
        let block = ContextBlock::allocate(value).map_err(OutOfMemory::new)?;
        Ok(Handle { raw: block.cast(), owns: PhantomData })
    }
}

impl<T: 'static> Handle<T> {
    /// The `NDIS_HANDLE` of the value, which the caller now owns: nothing is dropped until [`Handle::from_raw`].
    #[must_use = "without the raw handle the value is never dropped"]
    pub fn into_raw(self) -> NDIS_HANDLE {
        ManuallyDrop::new(self).raw.as_ptr()
    }

    /// Takes a handle back.
    ///
    /// # Safety
    ///
    /// `raw` came from [`Handle::into_raw`] of the same `T`, or NDIS passed it in the slot where that handle was
    /// stored, and it has not been taken back since.
    pub unsafe fn from_raw(raw: NDIS_HANDLE) -> Handle<T> {
        // SAFETY: `into_raw` returns no NULL.
        Handle { raw: unsafe { NonNull::new_unchecked(raw) }, owns: PhantomData }
    }

    /// Takes the value out of the handle.
    pub fn into_inner(self) -> T {
        let this = ManuallyDrop::new(self);
        if is_opaque::<T>() {
            // SAFETY: `T` is `Opaque`, see `new`.
            return unsafe { core::mem::transmute_copy::<NonNull<c_void>, T>(&this.raw) };
        }
        // SAFETY: the handle owned the block and is not dropped.
        unsafe { ContextBlock::take(this.raw.cast::<ContextBlock<T>>()) }
    }

    /// The header of the block, unless the handle has none.
    pub(crate) fn header(&self) -> Option<&Header> {
        // SAFETY: every handle but an opaque one points to a block that it owns, the header first.
        (!is_opaque::<T>()).then(|| unsafe { self.raw.cast::<Header>().as_ref() })
    }

    /// The handle NDIS will have for this value.
    pub(crate) fn as_raw(&self) -> NDIS_HANDLE {
        self.raw.as_ptr()
    }

    /// Takes back the handle in an argument, if it is one of this `T`.
    ///
    /// # Safety
    ///
    /// NDIS gives the handle back with this call, in the slot of this `T`.
    pub(crate) unsafe fn receive(raw: NDIS_HANDLE) -> Result<Handle<T>, BreachKind> {
        let Some(value) = NonNull::new(raw) else { return Err(BreachKind::NullContext) };
        if !is_opaque::<T>() {
            // SAFETY: guaranteed by the caller the handle was made from a block that is still allocated.
            unsafe { ContextBlock::<T>::from_raw(raw) }?;
        }
        Ok(Handle { raw: value, owns: PhantomData })
    }
}

impl Handle<Opaque> {
    /// Wraps a value that NDIS never looks into and the runtime never dereferences.
    pub fn opaque(value: NonNull<c_void>) -> Handle {
        Handle { raw: value, owns: PhantomData }
    }

    /// The wrapped value.
    pub fn value(&self) -> NonNull<c_void> {
        self.raw
    }
}

impl<T: 'static> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        if is_opaque::<T>() {
            // SAFETY: `T` is `Opaque`, which is `repr(transparent)` over the type of the field.
            return unsafe { &*(&raw const self.raw).cast::<T>() };
        }
        // SAFETY: the handle owns the block, and nobody else changes the value.
        unsafe { &self.raw.cast::<ContextBlock<T>>().as_ref().value }
    }
}

impl<T: 'static> Drop for Handle<T> {
    fn drop(&mut self) {
        if !is_opaque::<T>() {
            // SAFETY: the handle owns the block, and this is its end.
            unsafe { ContextBlock::free(self.raw.cast::<ContextBlock<T>>()) };
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&**self).finish()
    }
}
