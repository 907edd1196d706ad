//! The consumer, `consumer/vmq.c`, behind safe functions.

use std::marker::PhantomData;
use std::ptr::{NonNull, null_mut};

use ndis::NdisStatus;
use ndis::sys::{NDIS_HANDLE, NDIS_STATUS};
use ndis_sim::Adapter as Miniport;

use crate::trace::{Mode, Queue};

/// What the consumer counted, `VMQ_COUNTERS`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Calls of NdisAllocateSharedMemory.
    pub requests: u64,
    /// Those that repeat a refused one with half the entries.
    pub retries: u64,
    /// Those that succeeded.
    pub blocks: u64,
    /// Bytes asked for and given.
    pub bytes: u64,
    /// Calls of NdisFreeSharedMemory.
    pub freed: u64,
    /// Blocks not yet freed.
    pub live_blocks: u64,
    /// Their bytes.
    pub live_bytes: u64,
    /// The most blocks at a time.
    pub peak_blocks: u64,
    /// The most bytes at a time.
    pub peak_bytes: u64,
    /// Requests that failed with `NDIS_STATUS_RESOURCES`.
    pub refused_resources: u64,
    /// Requests that failed with `NDIS_STATUS_FAILURE`.
    pub refused_failure: u64,
    /// Requests that failed with `NDIS_STATUS_INVALID_PARAMETER`.
    pub refused_invalid_parameter: u64,
    /// Requests that failed otherwise.
    pub refused_other: u64,
    /// Times a queue got all of its memory.
    pub completed: u64,
    /// Times it did not.
    pub failed: u64,
    /// Operations that the consumer itself turned down.
    pub rejected: u64,
    /// Times the consumer had no memory of its own.
    pub own_memory: u64,
}

impl Counters {
    /// Requests that failed.
    pub fn refused(&self) -> u64 {
        self.refused_resources + self.refused_failure + self.refused_invalid_parameter + self.refused_other
    }

    /// Adds what was counted at the same time: peaks may have met, so they add up.
    pub fn beside(&mut self, other: &Counters) {
        let peaks = (self.peak_blocks + other.peak_blocks, self.peak_bytes + other.peak_bytes);
        self.add(other, peaks);
    }

    /// Adds what was counted afterwards: peaks cannot have met, so the higher one counts.
    pub fn then(&mut self, other: &Counters) {
        let peaks = (self.peak_blocks.max(other.peak_blocks), self.peak_bytes.max(other.peak_bytes));
        self.add(other, peaks);
    }

    fn add(&mut self, other: &Counters, (peak_blocks, peak_bytes): (u64, u64)) {
        *self = Counters {
            requests: self.requests + other.requests,
            retries: self.retries + other.retries,
            blocks: self.blocks + other.blocks,
            bytes: self.bytes + other.bytes,
            freed: self.freed + other.freed,
            live_blocks: self.live_blocks + other.live_blocks,
            live_bytes: self.live_bytes + other.live_bytes,
            peak_blocks,
            peak_bytes,
            refused_resources: self.refused_resources + other.refused_resources,
            refused_failure: self.refused_failure + other.refused_failure,
            refused_invalid_parameter: self.refused_invalid_parameter + other.refused_invalid_parameter,
            refused_other: self.refused_other + other.refused_other,
            completed: self.completed + other.completed,
            failed: self.failed + other.failed,
            rejected: self.rejected + other.rejected,
            own_memory: self.own_memory + other.own_memory,
        };
    }
}

/// How many queues an adapter has.
pub const QUEUES: usize = 8;

/// What an adapter counted.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Over the whole adapter.
    pub total: Counters,
    /// By queue.
    pub queues: [Counters; QUEUES],
    /// How often the provider broke the contract.
    pub violations: u64,
    /// The first time, in words.
    pub first_violation: String,
}

/// A VMQ network miniport's adapter. Dropped, it is halted.
#[derive(Debug)]
pub struct Adapter {
    raw: NonNull<ffi::Adapter>,
    /// One thread at a time, and this one.
    thread: PhantomData<*mut ()>,
}

impl Adapter {
    /// Starts the adapter that NDIS has as `miniport`: it registers its scatter-gather DMA. `align` is the alignment of
    /// shared data in bytes.
    ///
    /// # Errors
    ///
    /// The status of the registration, or `NDIS_STATUS_INVALID_PARAMETER` for an alignment that is none.
    pub fn start(miniport: &Miniport, align: u32) -> Result<Adapter, NdisStatus> {
        let mut raw = null_mut();
        // SAFETY: vmq.h; the handle is NDIS's.
        let status = unsafe { ffi::vmq_adapter_create(miniport.handle(), align, &raw mut raw) };
        check(status)?;
        let raw = NonNull::new(raw).ok_or(NdisStatus::FAILURE)?;
        Ok(Adapter { raw, thread: PhantomData })
    }

    /// Makes queue 0 and allocates its memory.
    pub fn default_queue(&mut self, suggested: u32) -> NdisStatus {
        // SAFETY: the adapter is this value's.
        NdisStatus::from_raw(unsafe { ffi::vmq_default_queue(self.raw.as_ptr(), suggested) })
    }

    /// Makes a queue.
    pub fn make(&mut self, queue: &Queue) -> NdisStatus {
        let (mode, vport, any_node) = match queue.mode {
            Mode::Revision1 => (0, 0, 0),
            Mode::Vmq2 => (1, 0, ndis::sys::MM_ANY_NODE_OK),
            Mode::Sriov { vport } => (2, vport, ndis::sys::MM_ANY_NODE_OK),
        };
        let parameters = ffi::QueueParameters {
            queue_id: queue.id,
            suggested: queue.suggested,
            lookahead: queue.lookahead,
            mode,
            vport,
            ring_bytes: queue.ring,
            node: queue.node.unwrap_or(any_node),
        };
        // SAFETY: the adapter is this value's; the parameters are read during the call.
        NdisStatus::from_raw(unsafe { ffi::vmq_queue_make(self.raw.as_ptr(), &raw const parameters) })
    }

    /// Allocates the memory of these queues: the status of each.
    ///
    /// # Errors
    ///
    /// The status of the operation as a whole.
    pub fn complete(&mut self, queues: &[u32]) -> Result<Vec<NdisStatus>, NdisStatus> {
        let count = u32::try_from(queues.len()).map_err(|_| NdisStatus::INVALID_PARAMETER)?;
        let mut statuses = vec![0; queues.len()];
        // SAFETY: the adapter is this value's; both arrays have `count` elements.
        let status =
            unsafe { ffi::vmq_queues_complete(self.raw.as_ptr(), queues.as_ptr(), count, statuses.as_mut_ptr()) };
        check(status)?;
        Ok(statuses.into_iter().map(NdisStatus::from_raw).collect())
    }

    /// Frees a queue of which so many receive lists are still out.
    pub fn free(&mut self, queue: u32, outstanding: u32) -> NdisStatus {
        // SAFETY: the adapter is this value's.
        NdisStatus::from_raw(unsafe { ffi::vmq_queue_free(self.raw.as_ptr(), queue, outstanding) })
    }

    /// Brings receive lists of a queue back.
    pub fn bring_back(&mut self, queue: u32, lists: u32) -> NdisStatus {
        // SAFETY: the adapter is this value's.
        NdisStatus::from_raw(unsafe { ffi::vmq_lists_return(self.raw.as_ptr(), queue, lists) })
    }

    /// Frees all queues and ends the adapter's DMA registration.
    pub fn halt(&mut self) -> NdisStatus {
        // SAFETY: the adapter is this value's.
        NdisStatus::from_raw(unsafe { ffi::vmq_adapter_halt(self.raw.as_ptr()) })
    }

    /// What the adapter counted.
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        let mut whole = ffi::Report::default();
        // SAFETY: the adapter is this value's; the report is written during the call.
        unsafe { ffi::vmq_adapter_report(self.raw.as_ptr(), &raw mut whole) };
        report.total = whole.total;
        report.violations = whole.violations;
        let text: Vec<u8> = whole.first_violation.iter().copied().take_while(|byte| *byte != 0).collect();
        report.first_violation = String::from_utf8_lossy(&text).into_owned();
        for (queue, counters) in (0..).zip(&mut report.queues) {
            let mut one = ffi::QueueReport::default();
            // SAFETY: as above.
            unsafe { ffi::vmq_queue_report(self.raw.as_ptr(), queue, &raw mut one) };
            *counters = one.counters;
        }
        report
    }
}

impl Drop for Adapter {
    fn drop(&mut self) {
        // SAFETY: the adapter is this value's, and this is its end.
        unsafe { ffi::vmq_adapter_destroy(self.raw.as_ptr()) };
    }
}

fn check(status: NDIS_STATUS) -> Result<(), NdisStatus> {
    let status = NdisStatus::from_raw(status);
    if status.is_success() { Ok(()) } else { Err(status) }
}

/// `consumer/vmq.h`.
mod ffi {
    use super::{Counters, NDIS_HANDLE, NDIS_STATUS};

    #[repr(C)]
    pub(super) struct Adapter {
        _opaque: [u8; 0],
    }

    #[repr(C)]
    pub(super) struct QueueParameters {
        pub(super) queue_id: u32,
        pub(super) suggested: u32,
        pub(super) lookahead: u32,
        pub(super) mode: u32,
        pub(super) vport: u32,
        pub(super) ring_bytes: u32,
        pub(super) node: u32,
    }

    #[repr(C)]
    pub(super) struct Report {
        pub(super) total: Counters,
        pub(super) violations: u64,
        pub(super) sg_list_size: u32,
        pub(super) queues_live: u32,
        pub(super) first_violation: [u8; 256],
    }

    impl Default for Report {
        fn default() -> Report {
            Report {
                total: Counters::default(),
                violations: 0,
                sg_list_size: 0,
                queues_live: 0,
                first_violation: [0; 256],
            }
        }
    }

    #[repr(C)]
    #[derive(Default)]
    pub(super) struct QueueReport {
        pub(super) counters: Counters,
        pub(super) outstanding: u64,
        pub(super) state: u32,
        pub(super) entries: u32,
    }

    unsafe extern "C" {
        pub(super) fn vmq_adapter_create(handle: NDIS_HANDLE, align: u32, adapter: *mut *mut Adapter) -> NDIS_STATUS;
        pub(super) fn vmq_adapter_destroy(adapter: *mut Adapter);
        pub(super) fn vmq_default_queue(adapter: *mut Adapter, suggested: u32) -> NDIS_STATUS;
        pub(super) fn vmq_queue_make(adapter: *mut Adapter, parameters: *const QueueParameters) -> NDIS_STATUS;
        pub(super) fn vmq_queues_complete(
            adapter: *mut Adapter,
            queues: *const u32,
            count: u32,
            statuses: *mut NDIS_STATUS,
        ) -> NDIS_STATUS;
        pub(super) fn vmq_queue_free(adapter: *mut Adapter, queue: u32, outstanding: u32) -> NDIS_STATUS;
        pub(super) fn vmq_lists_return(adapter: *mut Adapter, queue: u32, count: u32) -> NDIS_STATUS;
        pub(super) fn vmq_adapter_halt(adapter: *mut Adapter) -> NDIS_STATUS;
        pub(super) fn vmq_adapter_report(adapter: *const Adapter, report: *mut Report);
        pub(super) fn vmq_queue_report(adapter: *const Adapter, queue: u32, report: *mut QueueReport) -> NDIS_STATUS;
    }
}
