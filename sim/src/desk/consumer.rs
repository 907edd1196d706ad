//! An adapter as a consumer of shared memory, in safe Rust.

use std::mem::{self, offset_of};
use std::ptr::{self, NonNull};

use ndis::sys::*;
use ndis::{NdisStatus, PhysicalRun};

use crate::desk::adapter::{Adapter, status_of};
use crate::functions::shared_memory::{NdisAllocateSharedMemory, NdisFreeSharedMemory};
use crate::memory::frames::PAGE_SIZE;
use crate::memory::heap::Memory;

impl Adapter {
    /// Allocates shared memory, `NdisAllocateSharedMemory`.
    pub fn allocate(&self, ask: Ask) -> Result<Block, NdisStatus> {
        // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
        let mut parameters: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { mem::zeroed() };
        let (revision, size) = match ask.vport_id {
            None => (NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1),
            Some(_) => (NDIS_SHARED_MEMORY_PARAMETERS_REVISION_2, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2),
        };
        let elements = offset_of!(SCATTER_GATHER_LIST, Elements);
        let bytes = elements + ask.capacity * size_of::<SCATTER_GATHER_ELEMENT>();
        let list = Memory::zeroed(bytes, align_of::<SCATTER_GATHER_LIST>());
        parameters.Header = NDIS_OBJECT_HEADER { Type: NDIS_OBJECT_TYPE_DEFAULT, Revision: revision, Size: size };
        parameters.Flags = if ask.contiguous { NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS } else { 0 };
        parameters.QueueId = ask.queue_id;
        parameters.PreferredNode = ask.node.unwrap_or(MM_ANY_NODE_OK);
        parameters.Usage = ask.usage;
        parameters.Length = ask.length;
        parameters.SGListBufferLength = bytes as u32;
        parameters.SGListBuffer = list.start().as_ptr().cast();
        parameters.VPortId = ask.vport_id.unwrap_or(0);
        if ask.capacity > 0 {
            // SAFETY: the list has room for its header.
            unsafe { (&raw mut (*parameters.SGListBuffer).NumberOfElements).write(ask.capacity as u32) };
        }
        let mut handle = ptr::null_mut();
        // SAFETY: the parameters and their list are as long as they say.
        status_of(unsafe { NdisAllocateSharedMemory(self.handle(), &raw mut parameters, &raw mut handle) })?;
        let list = parameters.SGListBuffer;
        let run = |at| {
            // SAFETY: the list has so many elements, which NDIS has checked.
            let element = unsafe { (&raw const (*list).Elements).cast::<SCATTER_GATHER_ELEMENT>().add(at).read() };
            PhysicalRun { address: element.Address.QuadPart.cast_unsigned(), length: element.Length }
        };
        // SAFETY: the list has room for its header.
        let count = if ask.capacity > 0 { unsafe { (&raw const (*list).NumberOfElements).read() } } else { 0 };
        Ok(Block {
            handle,
            shared_memory_handle: parameters.SharedMemoryHandle,
            virtual_address: parameters.VirtualAddress.cast(),
            length: ask.length,
            runs: (0..count as usize).map(run).collect(),
        })
    }

    /// Frees shared memory, `NdisFreeSharedMemory`.
    pub fn free(&self, block: &Block) {
        // SAFETY: the handles are only compared.
        unsafe { NdisFreeSharedMemory(self.handle(), block.handle) }
    }
}

/// What a consumer asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ask {
    /// `Length`
    pub length: u32,
    /// `NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS`
    pub contiguous: bool,
    /// `QueueId`
    pub queue_id: u32,
    /// `VPortId`: a request of revision 2, and not of 1.
    pub vport_id: Option<u32>,
    /// `PreferredNode`; `None` for any.
    pub node: Option<u32>,
    /// `Usage`
    pub usage: NDIS_SHARED_MEMORY_USAGE,
    /// How many elements the list has room for.
    pub capacity: usize,
}

impl Ask {
    /// Asks for `length` bytes for received data, for the default queue and on any node, with room for one element a
    /// page.
    pub fn new(length: u32) -> Ask {
        Ask {
            length,
            contiguous: false,
            queue_id: NDIS_DEFAULT_RECEIVE_QUEUE_ID,
            vport_id: None,
            node: None,
            usage: NdisSharedMemoryUsageReceive,
            capacity: (length as usize).div_ceil(PAGE_SIZE),
        }
    }

    /// The same as one piece, with room for one element.
    pub fn contiguous(self) -> Ask {
        Ask { contiguous: true, capacity: 1, ..self }
    }
}

/// Shared memory that an adapter got. Dropping it frees nothing: a test may want to forget that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    handle: NDIS_HANDLE,
    shared_memory_handle: NDIS_HANDLE,
    virtual_address: *mut u8,
    length: u32,
    runs: Vec<PhysicalRun>,
}

// SAFETY: the pointers are only values here; whoever follows one does so in an `unsafe` block of its own.
unsafe impl Send for Block {}
// SAFETY: as above.
unsafe impl Sync for Block {}

impl Block {
    /// The allocation handle.
    pub fn handle(&self) -> NDIS_HANDLE {
        self.handle
    }

    /// `SharedMemoryHandle`
    pub fn shared_memory_handle(&self) -> NDIS_HANDLE {
        self.shared_memory_handle
    }

    /// `VirtualAddress`, where the memory is until it is freed.
    pub fn virtual_address(&self) -> Option<NonNull<u8>> {
        NonNull::new(self.virtual_address)
    }

    /// How many bytes were asked for.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// The elements of the list.
    pub fn runs(&self) -> &[PhysicalRun] {
        &self.runs
    }
}
