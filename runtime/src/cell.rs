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
    /// The running call to whose request the block's memory was passed last, if any: an address to compare.
    pub(crate) filled_by: AtomicPtr<()>,
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
            filled_by: AtomicPtr::new(core::ptr::null_mut()),
            ndis_handle: AtomicPtr::new(core::ptr::null_mut()),
            dependants: AtomicPtr::new(core::ptr::null_mut()),
            next: AtomicPtr::new(core::ptr::null_mut()),
            free: |header| {
                // SAFETY: `Header::free` is called on the header of a cell of this `T`, by its owner.
                unsafe { Cell::<T>::free(header.cast()) };
            },
        };
        // SAFETY: `cell` is valid for writes of a `Cell<T>`, by its layout.
        unsafe { cell.write(Cell { header, value }) };
        Ok(cell)
    }

    /// Moves the value out and frees the cell. For handles: unlike contexts they have no dependants.
    ///
    /// # Safety
    ///
    /// The caller owns the cell, which came from [`allocate`](Self::allocate); nobody uses it any more.
    pub(crate) unsafe fn take(cell: NonNull<Cell<T>>) -> T {
        let _memory = Memory(cell);
        // SAFETY: the caller owns the cell; the value is read once, and the memory is freed without dropping it.
        unsafe { (&raw const (*cell.as_ptr()).value).read() }
    }

    /// Drops the contexts that depend on the cell, then the value, where it is (a kernel stack is small), and frees the
    /// cell. All of it happens also when a destructor panics.
    ///
    /// # Safety
    ///
    /// The caller owns the cell, which came from [`allocate`](Self::allocate); nobody uses it any more.
    pub(crate) unsafe fn free(cell: NonNull<Cell<T>>) {
        struct Value<T>(Memory<T>);
        impl<T> Drop for Value<T> {
            fn drop(&mut self) {
                // SAFETY: `free` made this from a cell it owns, whose value nobody has dropped.
                unsafe { (&raw mut (*self.0.0.as_ptr()).value).drop_in_place() };
            }
        }
        let _value = Value(Memory(cell));
        // SAFETY: the caller owns the cell, whose memory outlives this borrow of its header.
        unsafe { &(*cell.as_ptr()).header }.free_dependants();
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

/// The memory of a cell, freed without dropping anything in it.
struct Memory<T>(NonNull<Cell<T>>);

impl<T> Drop for Memory<T> {
    fn drop(&mut self) {
        // SAFETY: this was made from a cell that its maker owned, allocated with this layout.
        unsafe { dealloc(self.0.as_ptr().cast(), Layout::new::<Cell<T>>()) };
    }
}

impl Header {
    /// Notes that a panic left the value in an unknown state.
    pub(crate) fn poison(&self) {
        self.poisoned.store(true, Ordering::Release);
    }

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

    /// Frees the dependants, newest first; the rest also when the destructor of one panics.
    fn free_dependants(&self) {
        struct List(*mut Header);
        impl List {
            fn free(&mut self) {
                while let Some(dependant) = NonNull::new(self.0) {
                    // SAFETY: `adopt` was given each of these cells to own; the list was taken out of its header.
                    self.0 = unsafe { dependant.as_ref() }.next.load(Ordering::Relaxed);
                    // SAFETY: as above; the list does not have it any more.
                    unsafe { Header::free(dependant) };
                }
            }
        }
        impl Drop for List {
            fn drop(&mut self) {
                self.free();
            }
        }
        List(self.dependants.swap(core::ptr::null_mut(), Ordering::Acquire)).free();
    }
}
