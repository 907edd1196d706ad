//! A provider's view of a request for shared memory, and its answer: every field, every edge of the consumer's list,
//! and that NDIS's memory is written only for the block that was filled and returned.
#![cfg(all(feature = "std", target_pointer_width = "64"))]

mod common;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::mem::offset_of;
use std::ptr::{NonNull, null_mut, without_provenance_mut};

use common::memory::Memory;
use common::{Tracked, at, expected_panic, kinds, live};
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, PhysicalRun, PreferredNode, SharedMemory, SharedMemoryUsage};

/// Pieces of memory that nobody touches.
#[derive(Debug)]
struct Pieces {
    length: usize,
    runs: Vec<PhysicalRun>,
}

const PAGES_AT: usize = 0x7000_0000;

// SAFETY: nobody uses the addresses, in these tests.
unsafe impl SharedMemory for Pieces {
    fn virtual_address(&self) -> NonNull<u8> {
        NonNull::new(without_provenance_mut(PAGES_AT)).unwrap()
    }

    fn length(&self) -> usize {
        self.length
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        self.runs.iter().copied()
    }
}

struct Pool;

struct Block {
    _tracked: Tracked,
    pieces: Pieces,
}

type OnAllocate = fn(&mut SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError>;

thread_local! {
    static ON_ALLOCATE: Cell<Option<OnAllocate>> = const { Cell::new(None) };
    static PIECES: RefCell<Vec<(u64, u32)>> = const { RefCell::new(Vec::new()) };
    static LENGTH: Cell<Option<usize>> = const { Cell::new(None) };
    static FILLED: Cell<Option<Result<(), AllocError>>> = const { Cell::new(None) };
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    ON_ALLOCATE.get().unwrap()(&mut request)
}

/// A block of the pieces that the test chose.
fn block() -> Handle<Block> {
    let runs: Vec<_> =
        PIECES.with_borrow(|pieces| pieces.iter().map(|&(address, length)| PhysicalRun { address, length }).collect());
    let all = runs.iter().map(|run| run.length as usize).sum();
    let pieces = Pieces { length: LENGTH.get().unwrap_or(all), runs };
    Handle::new(Block { _tracked: Tracked::new(0), pieces }).unwrap()
}

/// What most tests' function does: fills a block and returns it.
fn fill_one(request: &mut SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    let block = block();
    let filled = request.fill(&block, |block| &block.pieces);
    FILLED.set(Some(filled));
    filled?;
    Ok(block)
}

/// NDIS's side of a request.
struct Request {
    parameters: Memory,
    list: Memory,
}

/// What came of it.
#[derive(Debug)]
struct Answer {
    status: NdisStatus,
    breaches: Vec<BreachKind>,
    handle: NDIS_HANDLE,
}

/// What is in a list: the pieces, as the device sees them.
type Elements = Vec<(u64, u32)>;

impl Request {
    /// A request of the first revision for `length` bytes, with a list of `list_bytes` bytes; both exactly as long as
    /// they say.
    fn new(length: u32, list_bytes: usize) -> Request {
        Request::of_revision(1, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1, length, list_bytes)
    }

    fn of_revision(revision: u8, size: u16, length: u32, list_bytes: usize) -> Request {
        let request = Request { parameters: Memory::exact(size.into()), list: Memory::exact(list_bytes) };
        let header = NDIS_OBJECT_HEADER { Type: NDIS_OBJECT_TYPE_DEFAULT, Revision: revision, Size: size };
        request.parameters.write(0, header);
        request
            .set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Flags), 0_u32)
            .set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, QueueId), 0_u32)
            .set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, PreferredNode), MM_ANY_NODE_OK)
            .set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Usage), NdisSharedMemoryUsageReceive)
            .set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Length), length)
            .set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBufferLength), list_bytes as u32)
            .set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer), request.list.as_ptr::<u8>());
        request
    }

    fn set<T>(&self, offset: usize, value: T) -> &Request {
        self.parameters.write(offset, value);
        self
    }

    fn contiguous(self) -> Request {
        self.set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Flags), NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS);
        self
    }

    fn call(&self, on_allocate: OnAllocate) -> Answer {
        FILLED.set(None);
        ON_ALLOCATE.set(Some(on_allocate));
        let (pool, mut handle) = (Context::new(Pool).unwrap(), without_provenance_mut(0x5A));
        let (status, breaches) = kinds(|| {
            at(0, || {
                // SAFETY: memory and a context as NDIS passes them, but for what the entry must notice.
                unsafe { allocate::entry(pool.as_raw(), self.parameters.as_ptr(), &mut handle) }
            })
        });
        Answer { status: NdisStatus::from_raw(status), breaches, handle }
    }

    /// Calls with a function that succeeds, checks all that NDIS got, gives the block back, and returns the list.
    #[track_caller]
    fn succeeds(&self, on_allocate: OnAllocate) -> Elements {
        let (before, list_before) = (self.parameters.bytes(), self.list.bytes());
        let answer = self.call(on_allocate);
        assert_eq!((answer.status, &*answer.breaches), (NdisStatus::SUCCESS, &[][..]));
        let written = [
            (offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SharedMemoryHandle), answer.handle.addr()),
            (offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, VirtualAddress), PAGES_AT),
        ];
        assert!(!answer.handle.is_null());
        let mut expected = before;
        for (offset, value) in written {
            expected[offset..offset + 8].copy_from_slice(&value.to_ne_bytes());
        }
        assert_eq!(self.parameters.bytes(), expected, "the parameters");
        // SAFETY: the block's handle, which nobody else has.
        drop(unsafe { Handle::<Block>::from_raw(answer.handle) });
        assert_eq!(live(), 0);
        self.elements(&list_before)
    }

    /// The list's elements; nothing else of it was written.
    #[track_caller]
    fn elements(&self, before: &[u8]) -> Elements {
        let after = self.list.bytes();
        if after.len() < 16 + 24 {
            assert_eq!(after, before, "a list that has no room for an element");
            return Vec::new();
        }
        let count = self.list.read::<u32>(0) as usize;
        assert_eq!(after[8..16], before[8..16], "reserved");
        let end = 16 + count * 24;
        assert_eq!(after[end..], before[end..], "behind the last element");
        let element = |place| {
            let start = 16 + place * 24;
            assert_eq!(after[start + 12..start + 16], before[start + 12..start + 16], "padding");
            assert_eq!(self.list.read::<u64>(start + 16), 0, "reserved");
            (self.list.read::<u64>(start), self.list.read::<u32>(start + 8))
        };
        (0..count).map(element).collect()
    }

    /// Calls with a function that does not succeed: nothing is written, and the handle is NULL.
    #[track_caller]
    fn fails(&self, on_allocate: OnAllocate, status: NdisStatus, breaches: &[BreachKind]) {
        let before = (self.parameters.bytes(), self.list.bytes());
        let answer = self.call(on_allocate);
        assert_eq!((answer.status, &*answer.breaches), (status, breaches));
        assert!(answer.handle.is_null());
        assert_eq!((self.parameters.bytes(), self.list.bytes()), before, "memory was touched");
        assert_eq!(live(), 0, "blocks that still live");
    }

    #[track_caller]
    fn fill_fails(&self, error: AllocError, status: NdisStatus) {
        self.fails(fill_one, status, &[]);
        assert_eq!(FILLED.get(), Some(Err(error)));
    }

    #[track_caller]
    fn is_not_filled(&self, on_allocate: OnAllocate) {
        self.fails(on_allocate, NdisStatus::FAILURE, &[BreachKind::NotFilled]);
    }
}

fn pieces(pieces: &[(u64, u32)]) {
    PIECES.set(pieces.into());
}

/// Looks at a request, and refuses it.
#[track_caller]
fn look<T: Copy + 'static>(request: &Request, look: fn(&SharedMemoryRequest<'_>) -> T) -> T {
    type Look = dyn Fn(&SharedMemoryRequest<'_>) -> Box<dyn Any>;
    thread_local! {
        static LOOK: RefCell<Option<Box<Look>>> = const { RefCell::new(None) };
        static SEEN: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
    }
    LOOK.set(Some(Box::new(move |request| Box::new(look(request)))));
    let on_allocate: OnAllocate = |request| {
        SEEN.set(LOOK.with_borrow(|look| look.as_ref().map(|look| look(request))));
        Err(AllocError::Resources)
    };
    request.fails(on_allocate, NdisStatus::RESOURCES, &[]);
    *SEEN.take().unwrap().downcast().unwrap()
}

#[test]
fn plain_fields() {
    let request = Request::new(0x1234_5678, 100);
    request.set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, QueueId), 0x8765_4321_u32);
    assert_eq!(look(&request, |request| request.length()), 0x1234_5678);
    assert_eq!(look(&request, |request| request.queue_id()), 0x8765_4321);
    assert_eq!(look(&request, |request| request.scatter_gather_bytes()), 100);
    assert_eq!(look(&request, |request| request.preferred_node()), PreferredNode::Any);
    assert!(!look(&request, |request| request.is_contiguous()));
    assert!(look(&Request::new(1, 0).contiguous(), |request| request.is_contiguous()));
    request.set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Flags), !NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS);
    assert!(!look(&request, |request| request.is_contiguous()));
}

#[test]
fn nodes() {
    let request = Request::new(1, 0);
    for (raw, node) in [
        (0, PreferredNode::Node(0)),
        (7, PreferredNode::Node(7)),
        (0x8000_0000, PreferredNode::Any),
        (0x8000_0001, PreferredNode::Node(0x8000_0001)),
    ] {
        request.set::<u32>(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, PreferredNode), raw);
        assert_eq!(look(&request, |request| request.preferred_node()), node);
    }
}

#[test]
fn usages() {
    use SharedMemoryUsage::*;
    let known = [
        Undefined,
        Transmit,
        TransmitHeader,
        TransmitData,
        Receive,
        ReceiveLookahead,
        ReceivePostLookahead,
        ReceiveHeader,
        ReceiveData,
        Other,
        Unknown(10),
    ];
    let request = Request::new(1, 0);
    for (raw, usage) in (0_i32..).zip(known).chain([(-1, Unknown(-1))]) {
        request.set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, Usage), raw);
        assert_eq!(look(&request, |request| request.usage()), usage);
    }
}

/// The virtual port is read only where the revision and the size both say that it is there. Every request here is
/// exactly as long as its size, so that a sanitizer would see a read beyond it.
#[test]
fn the_virtual_port_is_there_from_revision_2() {
    const FIRST: u16 = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1;
    const SECOND: u16 = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2;
    for (revision, size, there) in [
        (1, FIRST, false),
        (1, SECOND, false),
        (2, FIRST, false),
        (2, SECOND - 1, false),
        (2, SECOND, true),
        (2, SECOND + 4, true),
        (3, SECOND, true),
        (255, u16::MAX, true),
        (0, FIRST, false),
    ] {
        let request = Request::of_revision(revision, size, 1, 0);
        if size >= SECOND {
            request.set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, VPortId), 0x77_u32);
        }
        let vport = look(&request, |request| request.vport_id());
        assert_eq!(vport, there.then_some(0x77), "revision {revision}, {size} bytes");
    }
}

#[test]
fn the_debug_text_names_every_field() {
    thread_local!(static TEXT: RefCell<String> = const { RefCell::new(String::new()) });
    let request = Request::new(4096, 40);
    look(&request, |request| TEXT.set(format!("{request:?}")));
    assert_eq!(
        TEXT.take(),
        "SharedMemoryRequest { length: 4096, usage: Receive, queue_id: 0, vport_id: None, preferred_node: Any, \
         is_contiguous: false, scatter_gather_bytes: 40 }"
    );
}

/// How many elements fit: a list is a header of 16 bytes and 24 bytes for each.
#[test]
fn capacity_at_every_edge() {
    for (bytes, capacity) in [(0, 0), (1, 0), (15, 0), (16, 0), (39, 0), (40, 1), (63, 1), (64, 2), (87, 2), (88, 3)] {
        let request = Request::new(1, bytes);
        assert_eq!(look(&request, |request| request.scatter_gather_capacity()), capacity, "{bytes} bytes");
        // As many pieces as fit are written, into a list of exactly that size; one more is refused.
        let list: Vec<_> = (0..capacity as u64).map(|place| (place << 32 | 0x1000, 0x1000)).collect();
        if capacity > 0 {
            pieces(&list);
            assert_eq!(Request::new(capacity as u32 * 0x1000, bytes).succeeds(fill_one), list, "{bytes} bytes");
        }
        pieces(&[&*list, &[(0x9_0000, 1)]].concat());
        let one_more = Request::new(capacity as u32 * 0x1000 + 1, bytes);
        one_more.fill_fails(AllocError::InvalidParameter, NdisStatus::INVALID_PARAMETER);
    }
    let request = Request::new(1, 40);
    request.set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBufferLength), u32::MAX);
    assert_eq!(look(&request, |request| request.scatter_gather_capacity()), (u32::MAX as usize - 16) / 24);
}

/// A list that has room must be there; one that has none need not.
#[test]
fn where_the_list_may_be() {
    pieces(&[(0x1000, 0x1000)]);
    for (bytes, list, breach) in [
        (40, null_mut(), Some(BreachKind::NullPointer)),
        (40, without_provenance_mut::<u8>(0x1004), Some(BreachKind::MisalignedPointer)),
        (39, null_mut(), None),
        (39, without_provenance_mut(0x1001), None),
        (0, null_mut(), None),
    ] {
        let request = Request::new(0x1000, bytes);
        request.set(offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer), list);
        match breach {
            Some(breach) => request.fails(|_| unreachable!(), NdisStatus::INVALID_PARAMETER, &[breach]),
            None => request.fill_fails(AllocError::InvalidParameter, NdisStatus::INVALID_PARAMETER),
        }
    }
}

#[test]
fn the_last_piece_is_trimmed() {
    pieces(&[(0x1000, 0x1000), (0x9000, 0x1000), (0x2_0000_0000, 0x1000)]);
    for (length, list) in [
        (1, vec![(0x1000, 1)]),
        (0xFFF, vec![(0x1000, 0xFFF)]),
        (0x1000, vec![(0x1000, 0x1000)]),
        (0x1001, vec![(0x1000, 0x1000), (0x9000, 1)]),
        (0x2800, vec![(0x1000, 0x1000), (0x9000, 0x1000), (0x2_0000_0000, 0x800)]),
        (0x3000, vec![(0x1000, 0x1000), (0x9000, 0x1000), (0x2_0000_0000, 0x1000)]),
    ] {
        assert_eq!(Request::new(length, 16 + 3 * 24).succeeds(fill_one), list, "{length:#x} bytes");
    }
}

/// The list needs room for the pieces that are wanted, not for all there are.
#[test]
fn pieces_beyond_the_wanted_length_need_no_room() {
    pieces(&[(0x1000, 0x1000), (0x9000, 0x1000)]);
    assert_eq!(Request::new(0x1000, 40).succeeds(fill_one), [(0x1000, 0x1000)]);
    assert_eq!(Request::new(0x1000, 40).contiguous().succeeds(fill_one), [(0x1000, 0x1000)]);
}

#[test]
fn pieces_of_no_length_are_left_out() {
    pieces(&[(0x1, 0), (0x1000, 0x800), (0x2, 0), (0x3, 0), (0x9000, 0x800), (0x4, 0)]);
    assert_eq!(Request::new(0x1000, 64).succeeds(fill_one), [(0x1000, 0x800), (0x9000, 0x800)]);
    pieces(&[(0x1, 0), (0x1000, 0x800), (0x2, 0)]);
    assert_eq!(Request::new(0x800, 40).contiguous().succeeds(fill_one), [(0x1000, 0x800)]);
}

/// An address with its highest bit set is an address all the same.
#[test]
fn addresses_and_lengths_at_their_limits() {
    pieces(&[(u64::MAX, u32::MAX)]);
    assert_eq!(Request::new(u32::MAX, 40).succeeds(fill_one), [(u64::MAX, u32::MAX)]);
}

#[test]
fn contiguous_means_one_piece() {
    pieces(&[(0x1000, 0x1000), (0x2000, 0x1000)]);
    // Next to each other, but the memory says that these are two pieces.
    let request = Request::new(0x1001, 64).contiguous();
    request.fill_fails(AllocError::Resources, NdisStatus::RESOURCES);
    assert_eq!(Request::new(0x1000, 64).contiguous().succeeds(fill_one), [(0x1000, 0x1000)]);
}

#[test]
fn memory_that_is_too_short() {
    pieces(&[(0x1000, 0x1000)]);
    Request::new(0x1001, 64).fill_fails(AllocError::Failure, NdisStatus::FAILURE);
    // It says it is long enough, but its pieces are not.
    LENGTH.set(Some(0x2000));
    Request::new(0x1001, 64).fill_fails(AllocError::Failure, NdisStatus::FAILURE);
    // Its pieces would be long enough, but it says it is not.
    LENGTH.set(Some(0xFFF));
    Request::new(0x1000, 64).fill_fails(AllocError::Failure, NdisStatus::FAILURE);
    LENGTH.set(None);
    pieces(&[]);
    Request::new(1, 64).fill_fails(AllocError::Failure, NdisStatus::FAILURE);
}

/// No bytes are no pieces, and the consumer reads a count of 0, not what happened to stand there.
#[test]
fn a_request_for_nothing() {
    for list in [&[][..], &[(0x1000, 0x1000)]] {
        pieces(list);
        for bytes in [0, 16, 39, 40, 64] {
            assert_eq!(Request::new(0, bytes).succeeds(fill_one), []);
        }
    }
}

#[test]
fn filled_twice_the_last_counts() {
    pieces(&[(0x1000, 0x1000)]);
    let request = Request::new(0x800, 64);
    let other_pieces: OnAllocate = |request| {
        let first = fill_one(request)?;
        pieces(&[(0x9000, 0x1000)]);
        let second = fill_one(request)?;
        drop(first);
        Ok(second)
    };
    assert_eq!(request.succeeds(other_pieces), [(0x9000, 0x800)]);
    let same_block: OnAllocate = |request| {
        let block = fill_one(request)?;
        request.fill(&block, |block| &block.pieces)?;
        Ok(block)
    };
    assert_eq!(request.succeeds(same_block), [(0x9000, 0x800)]);
    request.is_not_filled(|request| {
        let first = fill_one(request)?;
        fill_one(request)?;
        Ok(first)
    });
}

/// A `fill` that fails takes back what an earlier one staged.
#[test]
fn a_fill_that_fails_stages_nothing() {
    pieces(&[(0x1000, 0x1000)]);
    Request::new(0x1000, 64).is_not_filled(|request| {
        let first = fill_one(request)?;
        pieces(&[(0x9000, 1)]);
        assert!(matches!(fill_one(request), Err(AllocError::Failure)));
        Ok(first)
    });
    pieces(&[(0x1000, 0x1000)]);
    Request::new(0x1000, 64).is_not_filled(|request| {
        let first = fill_one(request)?;
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = request.fill(&first, |_| -> &Pieces { expected_panic() });
        }));
        assert!(panicked.is_err());
        Ok(first)
    });
}

#[test]
fn a_block_that_was_not_filled_is_not_delivered() {
    pieces(&[(0x1000, 0x1000)]);
    let request = Request::new(0x1000, 64);
    request.is_not_filled(|_| Ok(block()));
    request.is_not_filled(|request| {
        let _filled = fill_one(request)?;
        Ok(block())
    });
    // A block that another call had filled is not this call's.
    thread_local!(static KEPT: Cell<Option<Handle<Block>>> = const { Cell::new(None) });
    let keep: OnAllocate = |request| {
        KEPT.set(Some(fill_one(request)?));
        Err(AllocError::Failure)
    };
    let answer = request.call(keep);
    assert_eq!((answer.status, live()), (NdisStatus::FAILURE, 1));
    request.is_not_filled(|_| Ok(KEPT.take().unwrap()));
}

#[test]
fn a_filled_block_that_fails_after_all_is_not_delivered() {
    pieces(&[(0x1000, 0x1000)]);
    let request = Request::new(0x1000, 64);
    let error: OnAllocate = |request| {
        let _block = fill_one(request)?;
        Err(AllocError::InvalidParameter)
    };
    request.fails(error, NdisStatus::INVALID_PARAMETER, &[]);
    let panic: OnAllocate = |request| {
        let _block = fill_one(request)?;
        expected_panic()
    };
    request.fails(panic, NdisStatus::FAILURE, &[BreachKind::Panicked]);
}

/// A plain handle has no value to borrow memory from: what it answers with lives for ever, and is delivered only if it
/// was filled as a plain handle.
#[test]
fn plain_handles_answer_with_memory_that_lives_for_ever() {
    use std::ffi::c_void;
    static FOREVER: std::sync::LazyLock<Pieces> = std::sync::LazyLock::new(|| {
        let runs = vec![PhysicalRun { address: 0x5000, length: 0x1000 }];
        Pieces { length: 0x1000, runs }
    });
    fn number(value: usize) -> Handle {
        Handle::opaque(NonNull::new(without_provenance_mut::<c_void>(value)).unwrap())
    }
    #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
    fn numbered(returned: &usize, mut request: SharedMemoryRequest<'_>) -> Result<Handle, AllocError> {
        request.fill(&number(7), |_| &*FOREVER)?;
        Ok(number(*returned))
    }
    // A cell that is freed before the call ends, and a plain handle with its address.
    #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
    fn spelled_out(_: &usize, mut request: SharedMemoryRequest<'_>) -> Result<Handle, AllocError> {
        let block = block();
        request.fill(&block, |block| &block.pieces)?;
        let raw = block.into_raw();
        // SAFETY: given up in the line before. (The address can be had without it, from that of the value.)
        drop(unsafe { Handle::<Block>::from_raw(raw) });
        Ok(number(raw.addr()))
    }
    pieces(&[(0x1000, 0x1000)]);
    let call = |entry: ALLOCATE_SHARED_MEMORY_HANDLER, returned: usize| {
        let (request, context) = (Request::new(0x800, 40), Context::new(returned).unwrap());
        let mut handle: NDIS_HANDLE = null_mut();
        // SAFETY: memory and a context as NDIS passes them.
        let (status, breaches) =
            kinds(|| unsafe { entry.unwrap()(context.as_raw(), request.parameters.as_ptr(), &mut handle) });
        (NdisStatus::from_raw(status), breaches, handle.addr())
    };
    assert_eq!(call(Some(numbered::entry), 7), (NdisStatus::SUCCESS, vec![], 7));
    assert_eq!(call(Some(numbered::entry), 8), (NdisStatus::FAILURE, vec![BreachKind::NotFilled], 0));
    assert_eq!(call(Some(spelled_out::entry), 0), (NdisStatus::FAILURE, vec![BreachKind::NotFilled], 0));
    assert_eq!(live(), 0);
}
