//! Miniport adapters as consumers: DMA, and a consumer of shared memory in safe Rust.

use std::mem::{self, offset_of};
use std::ptr::{self, NonNull};
use std::sync::Arc;

use ndis::irql::Irql;
use ndis::sys::*;
use ndis::{NdisStatus, PhysicalRun};

use crate::handles::{self, Handle, Kind};
use crate::machine::{Inner, Machine};
use crate::memory::Memory;
use crate::pages::PAGE_SIZE;
use crate::report::Rule;

/// A miniport adapter. Its handle is what `MiniportInitializeEx` would get; a driver in C or Rust may use it with the
/// NDIS functions, and [`allocate`](Adapter::allocate) is a consumer of shared memory in safe Rust.
///
/// [`halt`](Adapter::halt) ends it; dropping it does the same.
#[derive(Debug)]
pub struct Adapter {
    machine: Arc<Inner>,
    handle: Handle,
}

impl Machine {
    /// Starts an adapter.
    pub fn adapter(&self) -> Adapter {
        let machine = Arc::clone(self.inner());
        let handle = Handle::issue(Kind::Adapter, &machine);
        machine.state().adapters.insert(handle, Default::default());
        Adapter { machine, handle }
    }
}

impl Adapter {
    /// `NdisMiniportHandle`.
    pub fn handle(&self) -> NDIS_HANDLE {
        self.handle.as_raw()
    }

    pub(crate) fn parts(&self) -> (&Arc<Inner>, Handle) {
        (&self.machine, self.handle)
    }

    /// Registers scatter/gather DMA, as a driver does in `MiniportInitializeEx`. It lasts until the adapter halts.
    pub fn register_dma(&self) -> Result<(), NdisStatus> {
        unsafe extern "system" fn process(_: PDEVICE_OBJECT, _: PVOID, _: PSCATTER_GATHER_LIST, _: PVOID) {}
        let mut description = NDIS_SG_DMA_DESCRIPTION {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION,
                Revision: NDIS_SG_DMA_DESCRIPTION_REVISION_1,
                Size: NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1,
            },
            Flags: NDIS_SG_DMA_64_BIT_ADDRESS,
            MaximumPhysicalMapping: 1514,
            ProcessSGListHandler: Some(process),
            SharedMemAllocateCompleteHandler: None,
            ScatterGatherListSize: 0,
            PdoOverride: ptr::null_mut(),
        };
        let mut dma = ptr::null_mut();
        // SAFETY: both pointers are to what they should be.
        let status = unsafe { NdisMRegisterScatterGatherDma(self.handle(), &raw mut description, &raw mut dma) };
        status_of(status)?;
        if let Some(adapter) = self.machine.state().adapters.get_mut(&self.handle) {
            adapter.own_dma = true;
        }
        Ok(())
    }

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

    /// Halts the adapter: whatever it has not given back by now is a breach.
    pub fn halt(self) {}
}

impl Drop for Adapter {
    fn drop(&mut self) {
        const PLACE: &str = "MINIPORT_HALT";
        let mut breaches = Vec::new();
        {
            let mut state = self.machine.state();
            let (mut blocks, mut bytes) = (0, 0);
            for block in state.allocations.values_mut().filter(|block| block.consumer == Some(self.handle)) {
                if !mem::replace(&mut block.lost, true) {
                    blocks += 1;
                    bytes += u64::from(block.length);
                }
            }
            if blocks > 0 {
                let text = format!("the adapter has not freed {blocks} blocks of {bytes} bytes");
                breaches.push((Rule::BlocksOutliveConsumer, text));
            }
            if let Some(adapter) = state.adapters.remove(&self.handle) {
                adapter.unfinished(&mut breaches);
                if let Some(dma) = adapter.dma {
                    dma.end();
                    if !adapter.own_dma {
                        let text = "the adapter's scatter/gather DMA is still registered".to_owned();
                        breaches.push((Rule::DmaRegistration, text));
                    }
                }
            }
        }
        self.handle.end();
        for (rule, text) in breaches {
            self.machine.breach(rule, PLACE, text);
        }
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

fn status_of(status: NDIS_STATUS) -> Result<(), NdisStatus> {
    let status = NdisStatus::from_raw(status);
    if status.is_success() { Ok(()) } else { Err(status) }
}

/// Prepares an adapter for scatter/gather DMA, without which it gets no shared memory. The size of a list that is
/// answered has room for a mapping that starts in the middle of a page.
///
/// # Safety
///
/// The pointers are NULL or point to what their types say; the description is as long as its header says.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMRegisterScatterGatherDma(
    MiniportAdapterHandle: NDIS_HANDLE,
    DmaDescription: PNDIS_SG_DMA_DESCRIPTION,
    NdisMiniportDmaHandle: PNDIS_HANDLE,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisMRegisterScatterGatherDma";
    const SIZES: [u16; 2] = [NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1, NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_2];
    let adapter = handles::find(FUNCTION, "MiniportAdapterHandle", MiniportAdapterHandle, &[Kind::Adapter]);
    let Some((machine, adapter)) = adapter else { return NDIS_STATUS_INVALID_PARAMETER };
    if !machine.pointer(FUNCTION, "NdisMiniportDmaHandle", NdisMiniportDmaHandle) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    // SAFETY: the caller's contract.
    unsafe { NdisMiniportDmaHandle.write(ptr::null_mut()) };
    if !machine.at_most(FUNCTION, Irql::PASSIVE) {
        return NDIS_STATUS_FAILURE;
    }
    // SAFETY: as above.
    let header = unsafe {
        let object_type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
        machine.header(FUNCTION, "DmaDescription", DmaDescription, object_type, &SIZES)
    };
    if header.is_none() {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    // SAFETY: the fields are in the first revision, whose size was checked.
    let (mapping, process) = unsafe {
        (
            (&raw const (*DmaDescription).MaximumPhysicalMapping).read(),
            (&raw const (*DmaDescription).ProcessSGListHandler).read(),
        )
    };
    if process.is_none() {
        machine.breach(Rule::MissingHandler, FUNCTION, "required and NULL: ProcessSGListHandler".to_owned());
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    let dma = Handle::issue(Kind::Dma, &machine);
    let again = match machine.state().adapters.get_mut(&adapter) {
        Some(adapter) if adapter.dma.is_none() => {
            adapter.dma = Some(dma);
            false
        }
        _ => true,
    };
    if again {
        dma.end();
        machine.breach(Rule::DmaRegistration, FUNCTION, "the adapter has registered DMA before".to_owned());
        return NDIS_STATUS_FAILURE;
    }
    let elements = (mapping as usize).div_ceil(PAGE_SIZE) + 1;
    let size = offset_of!(SCATTER_GATHER_LIST, Elements) + elements * size_of::<SCATTER_GATHER_ELEMENT>();
    // SAFETY: as above.
    unsafe {
        (&raw mut (*DmaDescription).ScatterGatherListSize).write(size as u32);
        NdisMiniportDmaHandle.write(dma.as_raw());
    }
    NDIS_STATUS_SUCCESS
}

/// Ends an adapter's scatter/gather DMA.
///
/// # Safety
///
/// None: the handle is only compared.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisMDeregisterScatterGatherDma(NdisMiniportDmaHandle: NDIS_HANDLE) {
    const FUNCTION: &str = "NdisMDeregisterScatterGatherDma";
    let dma = handles::find(FUNCTION, "NdisMiniportDmaHandle", NdisMiniportDmaHandle, &[Kind::Dma]);
    let Some((machine, dma)) = dma else { return };
    machine.at_most(FUNCTION, Irql::PASSIVE);
    for adapter in machine.state().adapters.values_mut().filter(|adapter| adapter.dma == Some(dma)) {
        adapter.dma = None;
    }
    dma.end();
}
