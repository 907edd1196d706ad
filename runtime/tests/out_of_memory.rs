//! An allocator that fails when told, and one that hands a freed address out at once: what does not fit is given back,
//! and a block is not mistaken for another one that has its address.
#![cfg(feature = "std")]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::{NonNull, null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::mpsc::{Sender, channel};

use common::memory::Memory;
use common::{Tracked, kinds, live};
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, PhysicalRun, ProtocolDriver, SharedMemory};

/// Fails, or recycles, as told.
struct Allocator;

thread_local! {
    /// How many allocations of this thread still succeed; `None`: all.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The alignment of what is recycled: that of nothing but [`Block`].
const RECYCLED: usize = 1024;

/// The last freed allocation of that alignment.
static FREED: AtomicPtr<u8> = AtomicPtr::new(null_mut());

// SAFETY: allocations are the system's; one of the recycled alignment always has the same size here, that of the one
// cell type so aligned, and is handed out again only after it was given back.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match LEFT.get() {
            Some(0) => return null_mut(),
            Some(left) => LEFT.set(Some(left - 1)),
            None => {}
        }
        if layout.align() == RECYCLED {
            let freed = FREED.swap(null_mut(), Ordering::Acquire);
            if !freed.is_null() {
                return freed;
            }
        }
        // SAFETY: the caller's word.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let pointer = match layout.align() {
            RECYCLED => FREED.swap(pointer, Ordering::AcqRel),
            _ => pointer,
        };
        if !pointer.is_null() {
            // SAFETY: the caller's word; a recycled one has the same layout.
            unsafe { System.dealloc(pointer, layout) }
        }
    }
}

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

/// Runs `body`, in which this thread gets `left` more allocations.
fn with_allocations<R>(left: usize, body: impl FnOnce() -> R) -> R {
    struct Restore;
    impl Drop for Restore {
        fn drop(&mut self) {
            LEFT.set(None);
        }
    }
    let _restore = Restore;
    LEFT.set(Some(left));
    body()
}

#[test]
fn a_handle_gives_its_value_back() {
    let error = with_allocations(0, || Handle::new(Tracked::new(7))).unwrap_err();
    assert_eq!((format!("{error:?}"), error.to_string()), ("OutOfMemory".into(), "out of memory".into()));
    assert_eq!(live(), 1);
    assert_eq!(error.into_inner().0, 7);
    assert_eq!(live(), 0);
    let dropped = with_allocations(0, || Handle::new(Tracked::new(7)));
    assert_eq!(dropped.map_err(AllocError::from).unwrap_err(), AllocError::Resources);
    assert_eq!(live(), 0);
}

#[test]
fn a_context_gives_its_value_back() {
    let error = with_allocations(0, || Context::new(Tracked::new(8))).unwrap_err();
    assert_eq!(live(), 1);
    assert_eq!(error.into_inner().0, 8);
    assert_eq!(live(), 0);
}

#[test]
fn a_plain_handle_needs_no_memory() {
    let value = NonNull::new(without_provenance_mut(5)).unwrap();
    assert_eq!(with_allocations(0, || Handle::opaque(value)).value(), value);
}

#[test]
fn one_allocation_makes_one_cell() {
    with_allocations(1, || drop(Handle::new([0_u64; 100]).unwrap()));
    with_allocations(1, || drop(Context::new(Tracked::new(0)).unwrap()));
}

#[test]
fn a_registration_without_memory_for_the_name() {
    let driver = ProtocolDriver::new(Context::new(Tracked::new(0)).unwrap());
    let refused = with_allocations(0, || driver.register("pool").map(|_| ()));
    assert_eq!((refused, live()), (Err(NdisStatus::RESOURCES), 0));
    assert_eq!(common::ndis_functions::calls(), []);
}

struct Piece(PhysicalRun);

// SAFETY: nobody uses the addresses, in these tests.
unsafe impl SharedMemory for Piece {
    fn virtual_address(&self) -> NonNull<u8> {
        NonNull::new(without_provenance_mut(0x7000_0000)).unwrap()
    }

    fn length(&self) -> usize {
        0x1000
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        [self.0].into_iter()
    }
}

/// Its alignment makes the allocator recycle its cell.
#[repr(align(1024))]
struct Block(Piece);

struct Pool {
    on_allocate: fn(&Pool, &mut SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError>,
    elsewhere: Option<Sender<Handle<Block>>>,
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    (pool.on_allocate)(pool, &mut request)
}

fn block() -> Handle<Block> {
    Handle::new(Block(Piece(PhysicalRun { address: 0x1000, length: 0x1000 }))).unwrap()
}

fn filled(request: &mut SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    let block = block();
    request.fill(&block, |block| &block.0)?;
    Ok(block)
}

fn address(block: &Handle<Block>) -> usize {
    (&raw const **block).addr()
}

/// Calls the entry; nothing of NDIS's is written unless it succeeds.
#[track_caller]
fn call(pool: Pool) -> (NdisStatus, Vec<BreachKind>) {
    let list = Memory::guarded(40);
    // SAFETY: all zero is a valid structure, but for its header.
    let mut parameters: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { std::mem::zeroed() };
    parameters.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_DEFAULT,
        Revision: 1,
        Size: NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1,
    };
    parameters.Length = 0x1000;
    parameters.SGListBufferLength = 40;
    parameters.SGListBuffer = list.as_ptr();
    let (context, mut handle) = (Context::new(pool).unwrap(), null_mut());
    let before = list.bytes();
    // SAFETY: memory and a context as NDIS passes them.
    let (status, breaches) = kinds(|| unsafe { allocate::entry(context.as_raw(), &mut parameters, &mut handle) });
    let status = NdisStatus::from_raw(status);
    if status.is_success() {
        // SAFETY: the handle that was made, which nobody else has.
        drop(unsafe { Handle::<Block>::from_raw(handle) });
    } else {
        assert_eq!(list.bytes(), before);
        assert!(handle.is_null() && parameters.SharedMemoryHandle.is_null() && parameters.VirtualAddress.is_null());
    }
    (status, breaches)
}

/// One after the other, since they share what was freed.
#[test]
fn blocks_that_have_the_address_of_another() {
    filling_without_memory_for_the_list_fails();
    an_unfilled_block_at_the_address_of_the_filled_one();
    a_block_at_that_address_filled_by_a_call_on_another_thread();
    a_filled_block_taken_apart_and_put_together();
    let last = FREED.swap(null_mut(), Ordering::Acquire);
    // SAFETY: allocated by the system with the layout of the one cell type that is recycled, whose size is a multiple
    // of its alignment: a header of less than that, and the block.
    unsafe { System.dealloc(last, Layout::from_size_align(2 * RECYCLED, RECYCLED).unwrap()) };
}

fn filling_without_memory_for_the_list_fails() {
    let on_allocate = |_: &Pool, request: &mut SharedMemoryRequest<'_>| {
        let block = block();
        let error = with_allocations(0, || request.fill(&block, |block| &block.0));
        assert_eq!(error, Err(AllocError::Resources));
        error?;
        Ok(block)
    };
    assert_eq!(call(Pool { on_allocate, elsewhere: None }), (NdisStatus::RESOURCES, vec![]));
}

fn an_unfilled_block_at_the_address_of_the_filled_one() {
    let on_allocate = |_: &Pool, request: &mut SharedMemoryRequest<'_>| {
        let filled = filled(request)?;
        let address_before = address(&filled);
        drop(filled);
        let other = block();
        assert_eq!(address(&other), address_before);
        Ok(other)
    };
    let refused = (NdisStatus::FAILURE, vec![BreachKind::NotFilled]);
    assert_eq!(call(Pool { on_allocate, elsewhere: None }), refused);
}

/// The block that is returned was filled, but not by this call: what this call staged is about the one that is gone.
fn a_block_at_that_address_filled_by_a_call_on_another_thread() {
    let on_allocate = |_: &Pool, request: &mut SharedMemoryRequest<'_>| {
        let filled_here = filled(request)?;
        let address_before = address(&filled_here);
        drop(filled_here);
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let on_allocate = |pool: &Pool, request: &mut SharedMemoryRequest<'_>| {
                let filled_there = filled(request)?;
                pool.elsewhere.as_ref().unwrap().send(filled_there).unwrap();
                Err(AllocError::Failure)
            };
            assert_eq!(call(Pool { on_allocate, elsewhere: Some(sender) }), (NdisStatus::FAILURE, vec![]));
        })
        .join()
        .unwrap();
        let filled_there = receiver.recv().unwrap();
        assert_eq!(address(&filled_there), address_before);
        Ok(filled_there)
    };
    let refused = (NdisStatus::FAILURE, vec![BreachKind::NotFilled]);
    assert_eq!(call(Pool { on_allocate, elsewhere: None }), refused);
}

fn a_filled_block_taken_apart_and_put_together() {
    let on_allocate = |_: &Pool, request: &mut SharedMemoryRequest<'_>| {
        let value = filled(request)?.into_inner();
        Ok(Handle::new(value).unwrap())
    };
    let refused = (NdisStatus::FAILURE, vec![BreachKind::NotFilled]);
    assert_eq!(call(Pool { on_allocate, elsewhere: None }), refused);
    let all_is_well = |_: &Pool, request: &mut SharedMemoryRequest<'_>| filled(request);
    assert_eq!(call(Pool { on_allocate: all_is_well, elsewhere: None }), (NdisStatus::SUCCESS, vec![]));
}
