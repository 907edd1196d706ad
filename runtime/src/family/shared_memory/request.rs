//! A consumer's request, and what answers it.
#![allow(non_upper_case_globals)] // the names of C enumerators stand in patterns

use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use super::{PhysicalRun, SharedMemory};
use crate::boundary::argument::from_c;
use crate::boundary::call::Scratch;
use crate::boundary::object;
use crate::sys::shared_memory::*;
use crate::sys::{NDIS_HANDLE, NDIS_OBJECT_TYPE_DEFAULT, NDIS_STATUS, PHYSICAL_ADDRESS};
use crate::value::block::Header;
use crate::value::error::AllocError;
use crate::value::handle::{Handle, HandleValue};

/// The NUMA node a request prefers, `PreferredNode`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PreferredNode {
    /// `MM_ANY_NODE_OK`.
    Any,
    /// The node with this number; 0 is a node like any other.
    Node(u32),
}

/// What the memory of a request is for, `NDIS_SHARED_MEMORY_USAGE`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum SharedMemoryUsage {
    /// `NdisSharedMemoryUsageUndefined`
    Undefined,
    /// `NdisSharedMemoryUsageXmit`
    Transmit,
    /// `NdisSharedMemoryUsageXmitHeader`
    TransmitHeader,
    /// `NdisSharedMemoryUsageXmitData`
    TransmitData,
    /// `NdisSharedMemoryUsageReceive`
    Receive,
    /// `NdisSharedMemoryUsageReceiveLookahead`
    ReceiveLookahead,
    /// `NdisSharedMemoryUsageReceivePostLookahead`
    ReceivePostLookahead,
    /// `NdisSharedMemoryUsageReceiveHeader`
    ReceiveHeader,
    /// `NdisSharedMemoryUsageReceiveData`
    ReceiveData,
    /// `NdisSharedMemoryUsageOther`
    Other,
    /// A value that this version does not know.
    Unknown(i32),
}

/// A consumer's request for shared memory, `NDIS_SHARED_MEMORY_PARAMETERS` of revision 1 or later.
///
/// The parameters stay NDIS's: what [`fill`](Self::fill) writes is staged, and reaches them only when the function
/// returns `Ok` with the filled block. On any other outcome they are as they were.
pub struct SharedMemoryRequest<'call> {
    parameters: NonNull<NDIS_SHARED_MEMORY_PARAMETERS>,
    staged: &'call Staged,
}

/// What `fill` staged for the end of the call.
#[derive(Default)]
pub struct Staged(Cell<Option<StagedReply>>);

impl fmt::Debug for Staged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Staged").finish_non_exhaustive()
    }
}

struct StagedReply {
    parameters: NonNull<NDIS_SHARED_MEMORY_PARAMETERS>,
    block: NDIS_HANDLE,
    /// The block has a context block, which notes that this call filled it. An opaque one has none.
    has_context: bool,
    /// The consumer's list has room for an element, so that it was checked; it gets a count even if that is 0.
    has_list: bool,
    virtual_address: NonNull<u8>,
    elements: Vec<SCATTER_GATHER_ELEMENT>,
}

/// Reads a field of NDIS's structure; no reference to the structure is made, since its first revision is shorter than
/// the type.
macro_rules! field {
    ($request:expr, $field:ident) => {
        // SAFETY: the request was received from NDIS, which keeps the structure unchanged during the call; the field
        // is in its first revision, whose size was checked.
        unsafe { (&raw const (*$request.parameters.as_ptr()).$field).read() }
    };
}

impl<'call> SharedMemoryRequest<'call> {
    /// How many bytes are wanted, `Length`.
    pub fn length(&self) -> u32 {
        field!(self, Length)
    }

    /// What the memory is for, `Usage`.
    pub fn usage(&self) -> SharedMemoryUsage {
        match field!(self, Usage) {
            NdisSharedMemoryUsageUndefined => SharedMemoryUsage::Undefined,
            NdisSharedMemoryUsageXmit => SharedMemoryUsage::Transmit,
            NdisSharedMemoryUsageXmitHeader => SharedMemoryUsage::TransmitHeader,
            NdisSharedMemoryUsageXmitData => SharedMemoryUsage::TransmitData,
            NdisSharedMemoryUsageReceive => SharedMemoryUsage::Receive,
            NdisSharedMemoryUsageReceiveLookahead => SharedMemoryUsage::ReceiveLookahead,
            NdisSharedMemoryUsageReceivePostLookahead => SharedMemoryUsage::ReceivePostLookahead,
            NdisSharedMemoryUsageReceiveHeader => SharedMemoryUsage::ReceiveHeader,
            NdisSharedMemoryUsageReceiveData => SharedMemoryUsage::ReceiveData,
            NdisSharedMemoryUsageOther => SharedMemoryUsage::Other,
            other => SharedMemoryUsage::Unknown(other),
        }
    }

    /// The receive queue the memory is for, `QueueId`; 0 is the default queue.
    pub fn queue_id(&self) -> u32 {
        field!(self, QueueId)
    }

    /// The virtual port the memory is for, `VPortId`; `None` when the parameters are of revision 1 or too short to
    /// have it.
    pub fn vport_id(&self) -> Option<u32> {
        // SAFETY: the header was checked when the request was received.
        let present = unsafe {
            object::has(
                self.parameters,
                NDIS_SHARED_MEMORY_PARAMETERS_REVISION_2,
                NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2,
            )
        };
        // SAFETY: the header's size says that the field is there.
        present.then(|| unsafe { (&raw const (*self.parameters.as_ptr()).VPortId).read() })
    }

    /// The NUMA node the memory should be on, `PreferredNode`.
    pub fn preferred_node(&self) -> PreferredNode {
        match field!(self, PreferredNode) {
            MM_ANY_NODE_OK => PreferredNode::Any,
            node => PreferredNode::Node(node),
        }
    }

    /// Whether the block must be physically contiguous, `NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS`.
    pub fn is_contiguous(&self) -> bool {
        field!(self, Flags) & NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS != 0
    }

    /// The size of the consumer's scatter-gather list in bytes, its header included: `SGListBufferLength`.
    #[inline(always)]
    pub fn scatter_gather_bytes(&self) -> u32 {
        field!(self, SGListBufferLength)
    }

    /// How many elements the consumer's scatter-gather list has room for.
    #[inline(always)]
    pub fn scatter_gather_capacity(&self) -> usize {
        let elements = core::mem::offset_of!(SCATTER_GATHER_LIST, Elements);
        (self.scatter_gather_bytes() as usize).saturating_sub(elements) / size_of::<SCATTER_GATHER_ELEMENT>()
    }

    /// Answers the request with the memory that `block` owns.
    ///
    /// Stages what the consumer gets: `SharedMemoryHandle` (the block's handle, never NULL, which would mean memory of
    /// the HAL), `VirtualAddress`, and the scatter-gather list: as many elements as the memory has pieces up to the
    /// wanted length, one if the request is contiguous. It is written when the function returns `Ok(block)`.
    ///
    /// `memory` finds the memory in the block's value. Since it can only borrow it from there (or from a static), the
    /// memory lives as long as the handle that NDIS gets, which is what keeps this function safe. IRQL: PASSIVE_LEVEL,
    /// that of the callback.
    ///
    /// # Errors
    ///
    /// Nothing is staged then.
    ///
    /// - [`AllocError::InvalidParameter`]: the consumer's list is too short for the pieces of the memory.
    /// - [`AllocError::Resources`]: the request is contiguous and the memory is not, or there was no memory to stage
    ///   the list in.
    /// - [`AllocError::Failure`]: the memory is shorter than the request wants.
    ///
    /// ```no_run
    /// use ndis::prelude::*;
    /// # struct Memory;
    /// # unsafe impl ndis::SharedMemory for Memory {
    /// #     fn virtual_address(&self) -> core::ptr::NonNull<u8> { unimplemented!() }
    /// #     fn length(&self) -> usize { 0 }
    /// #     fn physical_runs(&self) -> impl Iterator<Item = ndis::PhysicalRun> { core::iter::empty() }
    /// # }
    /// # struct Pool;
    /// # impl Pool { fn pages(&self, _: u32) -> Result<Memory, AllocError> { Err(AllocError::Resources) } }
    ///
    /// struct Block {
    ///     memory: Memory,
    /// }
    ///
    /// fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    ///     let block = Handle::new(Block { memory: pool.pages(request.length())? })?;
    ///     request.fill(&block, |block| &block.memory)?;
    ///     Ok(block)
    /// }
    /// ```
    ///
    /// Memory that the block does not own is not accepted, since nothing would keep it alive:
    ///
    /// ```compile_fail,E0597
    /// # use core::ptr::NonNull;
    /// # use ndis::{AllocError, Handle, PhysicalRun, SharedMemory, SharedMemoryRequest};
    /// struct Borrowed<'a>(&'a [u8]);
    /// # unsafe impl SharedMemory for Borrowed<'_> {
    /// #     fn virtual_address(&self) -> NonNull<u8> { unimplemented!() }
    /// #     fn length(&self) -> usize { 0 }
    /// #     fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> { core::iter::empty() }
    /// # }
    ///
    /// fn allocate(request: &mut SharedMemoryRequest<'_>, block: Handle<()>) -> Result<Handle<()>, AllocError> {
    ///     let bytes = [0; 4096];
    ///     let memory = Borrowed(&bytes);
    ///     request.fill(&block, |_| &memory)?;
    ///     Ok(block)
    /// }
    /// ```
    pub fn fill<T: HandleValue, M: SharedMemory + 'static>(
        &mut self,
        block: &Handle<T>,
        memory: impl for<'a> FnOnce(&'a T) -> &'a M,
    ) -> Result<(), AllocError> {
        // `M: 'static` is what holds the closure to the block: from the type `&'a M` alone the compiler would take that
        // `M` outlives every `'a`, and let the closure return a borrow of something that dies before the block.
        self.staged.0.take();
        let memory = memory(block);
        let wanted = self.length();
        if memory.length() < wanted as usize {
            return Err(AllocError::Failure);
        }
        let elements = self.elements(memory.physical_runs(), wanted)?;
        let header = block.header();
        if let Some(header) = header {
            header.special.store(self.staged.id(), Ordering::Relaxed);
        }
        self.staged.0.set(Some(StagedReply {
            parameters: self.parameters,
            block: block.as_raw(),
            has_context: header.is_some(),
            has_list: self.scatter_gather_capacity() > 0,
            virtual_address: memory.virtual_address(),
            elements,
        }));
        Ok(())
    }

    /// The list of the pieces that make up the first `wanted` bytes.
    fn elements(
        &self,
        runs: impl Iterator<Item = PhysicalRun>,
        wanted: u32,
    ) -> Result<Vec<SCATTER_GATHER_ELEMENT>, AllocError> {
        let mut elements = Vec::new();
        let mut missing = wanted;
        for run in runs.filter(|run| run.length > 0) {
            if missing == 0 {
                break;
            }
            if self.is_contiguous() && !elements.is_empty() {
                return Err(AllocError::Resources);
            }
            if elements.len() == self.scatter_gather_capacity() {
                return Err(AllocError::InvalidParameter);
            }
            elements.try_reserve(1).map_err(|_| AllocError::Resources)?;
            let length = run.length.min(missing);
            let address = PHYSICAL_ADDRESS { QuadPart: run.address.cast_signed() };
            elements.push(SCATTER_GATHER_ELEMENT { Address: address, Length: length, Reserved: 0 });
            missing -= length;
        }
        if missing == 0 { Ok(elements) } else { Err(AllocError::Failure) }
    }
}

impl fmt::Debug for SharedMemoryRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedMemoryRequest")
            .field("length", &self.length())
            .field("usage", &self.usage())
            .field("queue_id", &self.queue_id())
            .field("vport_id", &self.vport_id())
            .field("preferred_node", &self.preferred_node())
            .field("is_contiguous", &self.is_contiguous())
            .field("scatter_gather_bytes", &self.scatter_gather_bytes())
            .finish()
    }
}

from_c! { SharedMemoryRequest<'c> from PNDIS_SHARED_MEMORY_PARAMETERS, Staged; |raw, _, staged| {
    const MINIMUM: u16 = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1;
    // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
    let parameters = unsafe { object::object(raw, NDIS_OBJECT_TYPE_DEFAULT, MINIMUM) }?;
    let request = SharedMemoryRequest { parameters, staged };
    if request.scatter_gather_capacity() > 0 {
        object::pointer(field!(request, SGListBuffer))?;
    }
    Ok(request)
} }

impl Staged {
    /// [`deliver`](Self::deliver) for a block that has a context block. Its address alone does not tell it: the context
    /// block of the filled one may have been freed and its address taken by another one, which was then not filled by
    /// this call (but perhaps by one on another processor).
    #[inline(never)]
    fn deliver_block(&self, handle: NDIS_HANDLE, header: &Header) -> bool {
        self.deliver(handle, |_| header.special.load(Ordering::Relaxed) == self.id())
    }

    /// [`deliver`](Self::deliver) for an opaque handle, which may spell out the address of a block.
    #[inline(never)]
    fn deliver_opaque(&self, handle: NDIS_HANDLE) -> bool {
        self.deliver(handle, |answer| !answer.has_context)
    }

    /// Writes what was staged for this block, and forgets it; says whether there was such.
    #[inline(always)]
    fn deliver(&self, block: NDIS_HANDLE, filled_here: impl FnOnce(&StagedReply) -> bool) -> bool {
        let Some(answer) = self.0.take() else { return false };
        if answer.block != block || !filled_here(&answer) {
            return false;
        }
        let parameters = answer.parameters.as_ptr();
        // SAFETY: NDIS lets the provider write these two fields of the parameters it passed, and the list behind
        // SGListBuffer up to its length, which `elements` kept to. The request was received in this very call.
        unsafe {
            (&raw mut (*parameters).SharedMemoryHandle).write(answer.block);
            (&raw mut (*parameters).VirtualAddress).write(answer.virtual_address.as_ptr().cast());
            let list = (&raw const (*parameters).SGListBuffer).read();
            if answer.has_list {
                (&raw mut (*list).NumberOfElements).write(answer.elements.len() as u32);
                let mut to = (&raw mut (*list).Elements).cast::<SCATTER_GATHER_ELEMENT>();
                for element in &answer.elements {
                    // Field by field: the padding, which holds whatever the heap held, stays here.
                    (&raw mut (*to).Address).write_unaligned(element.Address);
                    (&raw mut (*to).Length).write(element.Length);
                    (&raw mut (*to).Reserved).write(element.Reserved);
                    to = to.add(1);
                }
            }
        }
        true
    }

    #[cold]
    #[inline(never)]
    fn clear(&self) {
        self.0.take();
    }

    /// Tells this call from every other one that is running.
    fn id(&self) -> *mut () {
        core::ptr::from_ref(self).cast_mut().cast()
    }
}

impl Scratch<NDIS_STATUS> for Staged {
    const COMMITS: bool = false;

    #[inline(always)]
    fn commit(&self, handle: NDIS_HANDLE, header: Option<&Header>) -> bool {
        match header {
            Some(header) => self.deliver_block(handle, header),
            None => self.deliver_opaque(handle),
        }
    }

    #[inline(always)]
    fn forget(&self) {
        // SAFETY: nobody has a reference into the cell.
        if unsafe { &*self.0.as_ptr() }.is_some() {
            self.clear();
        }
    }

    fn is_unfinished(&self) -> bool {
        self.0.take().is_some()
    }
}
