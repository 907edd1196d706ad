//! The block behind every handle that NDIS keeps for a driver: the driver's value and what the runtime notes beside it.

use alloc::alloc::{Layout, alloc, dealloc};
use core::any::TypeId;
use core::ffi::c_void;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use crate::contract::breach::BreachKind;
use crate::sys::NDIS_HANDLE;

/// What the runtime notes beside a driver's value.
#[derive(Debug)]
pub struct Header {
    /// The type of the value, so that a handle of another type is noticed.
    value_type: TypeId,
    /// An earlier panic left the value in an unknown state.
    pub(crate) poisoned: AtomicBool,
    /// Its use depends on the object. Shared memory: the call that filled it last, as an address to compare. Binding:
    /// the opening that is pending. Context that two events end: not NULL after the first.
    pub(crate) special: AtomicPtr<()>,
    /// NDIS's own handle of the same object, for the functions that complete something through it.
    pub(crate) ndis_handle: AtomicPtr<c_void>,
    /// The newest of the contexts that live as long as this one.
    dependants: AtomicPtr<Header>,
    /// The next older context in the list that this one is in.
    next: AtomicPtr<Header>,
    /// Frees the block this header is in.
    free: unsafe fn(NonNull<Header>),
}

/// A driver's value with its header. `repr(C)` puts the header first, so that one pointer serves both.
#[repr(C)]
pub(crate) struct ContextBlock<T> {
    pub(crate) header: Header,
    pub(crate) value: T,
}

impl<T: 'static> ContextBlock<T> {
    /// Moves `value` into a new block, or gives it back if there is no memory.
    pub(crate) fn allocate(value: T) -> Result<NonNull<ContextBlock<T>>, T> {
        let layout = Layout::new::<ContextBlock<T>>();
        // SAFETY: the layout is not zero-sized, since the header is not.
        let Some(block) = NonNull::new(unsafe { alloc(layout) }.cast::<ContextBlock<T>>()) else {
            return Err(value);
        };
        let header = Header {
            value_type: TypeId::of::<T>(),
            poisoned: AtomicBool::new(false),
            special: AtomicPtr::new(core::ptr::null_mut()),
            ndis_handle: AtomicPtr::new(core::ptr::null_mut()),
            dependants: AtomicPtr::new(core::ptr::null_mut()),
            next: AtomicPtr::new(core::ptr::null_mut()),
            free: |header| {
                // SAFETY: `Header::free` is called on the header of a block of this `T`, by its owner.
                unsafe { ContextBlock::<T>::free(header.cast()) };
            },
        };
        // SAFETY: `block` is valid for writes of a `ContextBlock<T>`, by its layout.
        unsafe { block.write(ContextBlock { header, value }) };
        Ok(block)
    }

    /// Moves the value out and frees the block. For handles: unlike contexts they have no dependants.
    ///
    /// # Safety
    ///
    /// The caller owns the block, which came from [`allocate`](Self::allocate); nobody uses it any more.
    pub(crate) unsafe fn take(block: NonNull<ContextBlock<T>>) -> T {
        let _memory = Memory(block);
        // SAFETY: the caller owns the block; the value is read once, and the memory is freed without dropping it.
        unsafe { (&raw const (*block.as_ptr()).value).read() }
    }

    /// Drops the contexts that depend on the block, then the value, where it is (a kernel stack is small), and frees the
    /// block. All of it happens also when a destructor panics.
    ///
    /// # Safety
    ///
    /// The caller owns the block, which came from [`allocate`](Self::allocate); nobody uses it any more.
    pub(crate) unsafe fn free(block: NonNull<ContextBlock<T>>) {
        struct Value<T>(Memory<T>);
        impl<T> Drop for Value<T> {
            fn drop(&mut self) {
                // SAFETY: `free` made this from a block it owns, whose value nobody has dropped.
                unsafe { (&raw mut (*self.0.0.as_ptr()).value).drop_in_place() };
            }
        }
        let _value = Value(Memory(block));
        // SAFETY: the caller owns the block, whose memory outlives this borrow of its header.
        unsafe { &(*block.as_ptr()).header }.free_dependants();
    }

    /// The block behind a handle that NDIS passed.
    ///
    /// # Safety
    ///
    /// `raw`, if it is not NULL and aligned, is a handle made from a block of this crate that is still allocated.
    pub(crate) unsafe fn from_raw(raw: NDIS_HANDLE) -> Result<NonNull<ContextBlock<T>>, BreachKind> {
        let block = NonNull::new(raw.cast::<ContextBlock<T>>()).ok_or(BreachKind::NullContext)?;
        if !block.is_aligned() {
            return Err(BreachKind::MisalignedContext);
        }
        // SAFETY: the caller guarantees an allocated block behind a pointer that is not NULL and aligned, and `repr(C)`
        // puts the header first in a block of any type.
        if !unsafe { block.cast::<Header>().as_ref() }.is_of::<T>() {
            return Err(BreachKind::ForeignContext);
        }
        Ok(block)
    }
}

/// The memory of a block, freed without dropping anything in it.
struct Memory<T>(NonNull<ContextBlock<T>>);

impl<T> Drop for Memory<T> {
    fn drop(&mut self) {
        // SAFETY: this was made from a block that its maker owned, allocated with this layout.
        unsafe { dealloc(self.0.as_ptr().cast(), Layout::new::<ContextBlock<T>>()) };
    }
}

impl Header {
    /// [`ContextBlock::from_raw`] with the type as a value.
    ///
    /// # Safety
    ///
    /// As there.
    #[cfg(debug_assertions)]
    pub(crate) unsafe fn from_raw(raw: NDIS_HANDLE, value: (TypeId, usize)) -> Result<NonNull<Header>, BreachKind> {
        let Some(header) = NonNull::new(raw.cast::<Header>()) else { return Err(BreachKind::NullContext) };
        if !header.as_ptr().addr().is_multiple_of(value.1) {
            return Err(BreachKind::MisalignedContext);
        }
        // SAFETY: the caller guarantees an allocated block behind a pointer that is not NULL and aligned, and `repr(C)`
        // puts the header first in a block of any type.
        if unsafe { header.as_ref() }.value_type != value.0 {
            return Err(BreachKind::ForeignContext);
        }
        Ok(header)
    }

    /// Whether the value is a `T`.
    pub(crate) fn is_of<T: 'static>(&self) -> bool {
        self.value_type == TypeId::of::<T>()
    }

    /// Notes that a panic left the value in an unknown state.
    pub(crate) fn poison(&self) {
        self.poisoned.store(true, Ordering::Release);
    }

    /// Frees the block this header is in, with everything that depends on it.
    ///
    /// # Safety
    ///
    /// The caller owns the block; nobody uses it any more.
    pub(crate) unsafe fn free(this: NonNull<Header>) {
        // SAFETY: the header is alive until `free` runs; the caller owns the block.
        unsafe { (this.as_ref().free)(this) }
    }

    /// Notes that one of the two things has happened after which the context ends. The second one frees it.
    ///
    /// # Safety
    ///
    /// The caller is one of the two, once, and does not use the block any more.
    pub(crate) unsafe fn end_half(this: NonNull<Header>) {
        let mark = core::ptr::dangling_mut();
        // SAFETY: the header is alive until both have happened, of which the caller is one.
        if !unsafe { this.as_ref() }.special.swap(mark, Ordering::AcqRel).is_null() {
            // SAFETY: the other has happened as well, so nobody uses the block any more.
            unsafe { Header::free(this) };
        }
    }

    /// Makes the block of `dependant` live until this one is freed.
    ///
    /// # Safety
    ///
    /// The caller owns the block of `dependant` and gives it up.
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
                    // SAFETY: `adopt` was given each of these blocks to own; the list was taken out of its header.
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
