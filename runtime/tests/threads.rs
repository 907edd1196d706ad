//! A provider called from many threads at once: the context is shared, blocks go from thread to thread, and nothing is
//! lost.
#![cfg(all(feature = "std", target_pointer_width = "64"))]

mod common;

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};

use common::{expected_panic, kinds, ndis_handle, unreported};
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, CancelId, Entry, PhysicalRun, SharedMemory};

const THREADS: usize = 8;
const ROUNDS: usize = if cfg!(miri) { 20 } else { 2000 };
const PAGE: usize = 4096;

fn layout() -> Layout {
    Layout::from_size_align(PAGE, PAGE).unwrap()
}

/// A page of memory, and the pool it goes back to.
struct Page {
    start: NonNull<u8>,
    home: Arc<Pages>,
}

// SAFETY: the page is this value's.
unsafe impl Send for Page {}

// SAFETY: nobody else uses the page, which is as long as it says.
unsafe impl SharedMemory for Page {
    fn virtual_address(&self) -> NonNull<u8> {
        self.start
    }

    fn length(&self) -> usize {
        PAGE
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        [PhysicalRun { address: self.start.as_ptr().addr() as u64, length: PAGE as u32 }].into_iter()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.home.free.lock().unwrap().push(Free(self.start));
    }
}

struct Free(NonNull<u8>);

// SAFETY: a page that nobody uses.
unsafe impl Send for Free {}

/// The pages that nobody has, and how many there are.
#[derive(Default)]
struct Pages {
    free: Mutex<Vec<Free>>,
    made: AtomicUsize,
}

impl Drop for Pages {
    fn drop(&mut self) {
        for page in self.free.get_mut().unwrap().drain(..) {
            // SAFETY: allocated in `allocate`, and free.
            unsafe { dealloc(page.0.as_ptr(), layout()) };
        }
    }
}

struct Pool(Arc<Pages>);

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Page>, AllocError> {
    let free = pool.0.free.lock().unwrap().pop();
    let start = match free {
        Some(Free(start)) => start,
        None => {
            pool.0.made.fetch_add(1, Ordering::Relaxed);
            // SAFETY: the layout is not zero-sized.
            NonNull::new(unsafe { alloc_zeroed(layout()) }).ok_or(AllocError::Resources)?
        }
    };
    let page = Handle::new(Page { start, home: pool.0.clone() })?;
    request.fill(&page, |page| page)?;
    Ok(page)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, page: Handle<Page>) {
    drop(page);
}

/// A raw handle that may go to another thread.
#[derive(Clone, Copy)]
struct Raw(NDIS_HANDLE);

// SAFETY: contexts and the blocks here may be used on any thread.
unsafe impl Send for Raw {}
// SAFETY: as above.
unsafe impl Sync for Raw {}

/// A consumer's `NdisAllocateSharedMemory`: it writes to the whole page.
fn consume(provider: Raw, mark: u8) -> Raw {
    let mut list = [0_u64; 5];
    // SAFETY: all zero is a valid structure, but for its header.
    let mut parameters: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { std::mem::zeroed() };
    parameters.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_DEFAULT,
        Revision: 1,
        Size: NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1,
    };
    parameters.Length = PAGE as u32;
    parameters.SGListBufferLength = size_of_val(&list) as u32;
    parameters.SGListBuffer = list.as_mut_ptr().cast();
    let mut handle = null_mut();
    let entry = <allocate as Entry<_, _>>::ENTRY.unwrap();
    // SAFETY: memory and a context as NDIS passes them.
    let status = unsafe { entry(provider.0, &mut parameters, &mut handle) };
    assert_eq!((status, handle), (0, parameters.SharedMemoryHandle));
    // SAFETY: the provider gave the page.
    unsafe { parameters.VirtualAddress.cast::<u8>().write_bytes(mark, PAGE) };
    Raw(handle)
}

#[test]
fn eight_threads_allocate_and_free() {
    let pages = Arc::new(Pages::default());
    let provider = Context::new(Pool(pages.clone())).unwrap();
    let raw = Raw(provider.as_raw());
    let shelf = Mutex::new(Vec::<Raw>::new());
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let shelf = &shelf;
            scope.spawn(move || {
                unreported(|| {
                    for _ in 0..ROUNDS {
                        // Give back what another thread took.
                        let block = consume(raw, thread as u8);
                        let other = {
                            let mut shelf = shelf.lock().unwrap();
                            shelf.push(block);
                            shelf.swap_remove(0)
                        };
                        // SAFETY: the handle of a block, which is given back once.
                        unsafe { free::entry(raw.0, other.0) };
                    }
                });
            });
        }
    });
    assert!(shelf.into_inner().unwrap().is_empty());
    assert!(!provider.is_poisoned());
    drop(provider);
    let made = pages.made.load(Ordering::Relaxed);
    assert_eq!(pages.free.lock().unwrap().len(), made, "pages that did not come back");
    assert!((1..=THREADS).contains(&made), "{made} pages for {THREADS} threads with one block each");
}

struct Shared {
    both_entered: Barrier,
    panics: AtomicBool,
}

#[ndis_callback(MINIPORT_CANCEL_SEND)]
fn cancel_send(adapter: &Shared, _id: CancelId) {
    if adapter.panics.load(Ordering::Relaxed) {
        adapter.both_entered.wait();
        expected_panic();
    }
}

/// Two calls that panic side by side are two panics, not one on a poisoned context: neither ran in spite of the other.
#[test]
fn panics_on_two_processors_are_both_contained() {
    let adapter = Context::new(Shared { both_entered: Barrier::new(2), panics: true.into() }).unwrap();
    let raw = Raw(adapter.as_raw());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(move || {
                let raw = raw;
                // SAFETY: a context of the function's type.
                let ((), breaches) = kinds(|| unsafe { cancel_send::entry(raw.0, ndis_handle(1)) });
                assert_eq!(breaches, [BreachKind::Panicked]);
            });
        }
    });
    adapter.panics.store(false, Ordering::Relaxed);
    // SAFETY: as above.
    let ((), breaches) = kinds(|| unsafe { cancel_send::entry(raw.0, ndis_handle(1)) });
    assert_eq!((breaches, adapter.is_poisoned()), (vec![BreachKind::Poisoned], true));
}
