//! The block behind every handle that NDIS keeps for a driver: the driver's value and what the runtime notes beside it.

use alloc::alloc::{Layout, alloc, dealloc};
use core::any::TypeId;
use core::ffi::c_void;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use crate::breach::BreachKind;
use crate::sys::NDIS_HANDLE;

/// What the runtime notes beside a driver's value.
#[derive(Debug)]
pub struct Header {
    /// The type of the value, so that a handle of another type is noticed.
    value_type: TypeId,
    /// An earlier panic left the value in an unknown state.
    pub(crate) poisoned: AtomicBool,
    /// The block's memory was passed to the request that is being answered.
    pub(crate) filled: AtomicBool,
    /// NDIS's own handle of the same object, for the functions that complete something through it.
    pub(crate) ndis_handle: AtomicPtr<c_void>,
    /// The newest of the contexts that live as long as this one.
    dependants: AtomicPtr<Header>,
    /// The next older context in the list that this one is in.
    next: AtomicPtr<Header>,
    /// Frees the cell this header is in.
    free: unsafe fn(NonNull<Header>),
}

/// A driver's value with its header. `repr(C)` puts the header first, so that one pointer serves both.
#[repr(C)]
pub(crate) struct Cell<T> {
    pub(crate) header: Header,
    pub(crate) value: T,
}

impl<T: 'static> Cell<T> {
    /// Moves `value` into a new cell, or gives it back if there is no memory.
    pub(crate) fn allocate(value: T) -> Result<NonNull<Cell<T>>, T> {
        let layout = Layout::new::<Cell<T>>();
        // SAFETY: the layout is not zero-sized, since the header is not.
        let Some(cell) = NonNull::new(unsafe { alloc(layout) }.cast::<Cell<T>>()) else {
            return Err(value);
        };
        let header = Header {
            value_type: TypeId::of::<T>(),
            poisoned: AtomicBool::new(false),
            filled: AtomicBool::new(false),
            ndis_handle: AtomicPtr::new(core::ptr::null_mut()),
            dependants: AtomicPtr::new(core::ptr::null_mut()),
            next: AtomicPtr::new(core::ptr::null_mut()),
            free: |header| {
                // SAFETY: `Header::free` is called on the header of a cell of this `T`, by its owner.
                drop(unsafe { Cell::<T>::take(header.cast()) });
            },
        };
        // SAFETY: `cell` is valid for writes of a `Cell<T>`, by its layout.
        unsafe { cell.write(Cell { header, value }) };
        Ok(cell)
    }

    /// Moves the value out and frees the cell, after the contexts that depend on it.
    ///
    /// # Safety
    ///
    /// The caller owns the cell, which came from [`allocate`](Self::allocate); nobody uses it any more.
    pub(crate) unsafe fn take(cell: NonNull<Cell<T>>) -> T {
        /// Frees the memory also when a dependant's destructor panics.
        struct Memory(NonNull<u8>, Layout);
        impl Drop for Memory {
            fn drop(&mut self) {
                // SAFETY: `take` made this value from a cell it owns, of this layout.
                unsafe { dealloc(self.0.as_ptr(), self.1) };
            }
        }
        let _memory = Memory(cell.cast(), Layout::new::<Cell<T>>());
        // SAFETY: the caller owns the cell; the value is read once, and the memory is freed without dropping it.
        let Cell { header, value } = unsafe { cell.read() };
        header.free_dependants();
        value
    }

    /// The cell behind a handle that NDIS passed.
    ///
    /// # Safety
    ///
    /// `raw`, if it is not NULL and aligned, is a handle made from a cell of this crate that is still allocated.
    pub(crate) unsafe fn from_raw(raw: NDIS_HANDLE) -> Result<NonNull<Cell<T>>, BreachKind> {
        let cell = NonNull::new(raw.cast::<Cell<T>>()).ok_or(BreachKind::NullContext)?;
        if !cell.is_aligned() {
            return Err(BreachKind::MisalignedContext);
        }
        // SAFETY: by the caller's word there is a cell behind the pointer; its header comes first, whatever its type.
        if unsafe { cell.cast::<Header>().as_ref() }.value_type != TypeId::of::<T>() {
            return Err(BreachKind::ForeignContext);
        }
        Ok(cell)
    }
}

impl Header {
    /// Frees the cell this header is in, with everything that depends on it.
    ///
    /// # Safety
    ///
    /// The caller owns the cell; nobody uses it any more.
    pub(crate) unsafe fn free(this: NonNull<Header>) {
        // SAFETY: the header is alive until `free` runs; the caller owns the cell.
        unsafe { (this.as_ref().free)(this) }
    }

    /// Makes the cell of `dependant` live until this one is freed.
    ///
    /// # Safety
    ///
    /// The caller owns the cell of `dependant` and gives it up.
    pub(crate) unsafe fn adopt(&self, dependant: NonNull<Header>) {
        let mut newest = self.dependants.load(Ordering::Relaxed);
        loop {
            // SAFETY: the caller owns the dependant, so its header is alive.
            unsafe { dependant.as_ref() }.next.store(newest, Ordering::Relaxed);
            match self.dependants.compare_exchange_weak(
                newest,
                dependant.as_ptr(),
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(current) => newest = current,
            }
        }
    }

    /// Frees the dependants, newest first.
    fn free_dependants(&self) {
        let mut next = self.dependants.swap(core::ptr::null_mut(), Ordering::Acquire);
        while let Some(dependant) = NonNull::new(next) {
            // SAFETY: `adopt` was given each of these cells to own, and the swap above took the list out for good.
            next = unsafe { dependant.as_ref() }.next.load(Ordering::Relaxed);
            // SAFETY: as above.
            unsafe { Header::free(dependant) };
        }
    }
}
