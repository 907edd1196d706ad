//! Shared memory: what a consumer asks for, what a provider answers, and how received data refers to it.

use core::ptr::null_mut;

use super::base::*;

/// Number of a receive queue on an adapter.
pub type NDIS_RECEIVE_QUEUE_ID = ULONG;
/// Number of a virtual port on an adapter's switch.
pub type NDIS_NIC_SWITCH_VPORT_ID = ULONG;
/// Number of a NUMA node, or [`MM_ANY_NODE_OK`].
pub type NODE_REQUIREMENT = ULONG;

/// The receive queue every adapter has.
pub const NDIS_DEFAULT_RECEIVE_QUEUE_ID: NDIS_RECEIVE_QUEUE_ID = 0;
/// The virtual port of the physical function that every switch has.
pub const NDIS_DEFAULT_VPORT_ID: NDIS_NIC_SWITCH_VPORT_ID = 0;
/// Any NUMA node will do. Node 0 is a node like any other.
pub const MM_ANY_NODE_OK: NODE_REQUIREMENT = 0x8000_0000;

/// What the consumer will use the memory for.
pub type NDIS_SHARED_MEMORY_USAGE = i32;
/// The use is not stated.
pub const NdisSharedMemoryUsageUndefined: NDIS_SHARED_MEMORY_USAGE = 0;
/// Transmit buffers.
pub const NdisSharedMemoryUsageXmit: NDIS_SHARED_MEMORY_USAGE = 1;
/// The headers of transmitted packets.
pub const NdisSharedMemoryUsageXmitHeader: NDIS_SHARED_MEMORY_USAGE = 2;
/// The data of transmitted packets.
pub const NdisSharedMemoryUsageXmitData: NDIS_SHARED_MEMORY_USAGE = 3;
/// Receive buffers.
pub const NdisSharedMemoryUsageReceive: NDIS_SHARED_MEMORY_USAGE = 4;
/// The first part of received packets, up to the lookahead size.
pub const NdisSharedMemoryUsageReceiveLookahead: NDIS_SHARED_MEMORY_USAGE = 5;
/// What follows the lookahead part of received packets.
pub const NdisSharedMemoryUsageReceivePostLookahead: NDIS_SHARED_MEMORY_USAGE = 6;
/// The headers of received packets.
pub const NdisSharedMemoryUsageReceiveHeader: NDIS_SHARED_MEMORY_USAGE = 7;
/// The data of received packets.
pub const NdisSharedMemoryUsageReceiveData: NDIS_SHARED_MEMORY_USAGE = 8;
/// Something else, such as descriptor rings.
pub const NdisSharedMemoryUsageOther: NDIS_SHARED_MEMORY_USAGE = 9;
/// One past the last use.
pub const NdisSharedMemoryUsageMax: NDIS_SHARED_MEMORY_USAGE = 10;

/// One physically contiguous piece of a block of memory.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SCATTER_GATHER_ELEMENT {
    /// Where the piece starts, as the device sees it.
    pub Address: PHYSICAL_ADDRESS,
    /// Length of the piece in bytes.
    pub Length: ULONG,
    /// Kept for the system.
    pub Reserved: ULONG_PTR,
}
/// Pointer to a [`SCATTER_GATHER_ELEMENT`].
pub type PSCATTER_GATHER_ELEMENT = *mut SCATTER_GATHER_ELEMENT;

/// The pieces of a block of memory, in order.
#[repr(C)]
#[derive(Debug)]
pub struct SCATTER_GATHER_LIST {
    /// Number of elements behind the header.
    pub NumberOfElements: ULONG,
    /// Kept for the system.
    pub Reserved: ULONG_PTR,
    /// Where the elements start. There are [`NumberOfElements`](Self::NumberOfElements) of them.
    pub Elements: [SCATTER_GATHER_ELEMENT; 0],
}
/// Pointer to a [`SCATTER_GATHER_LIST`].
pub type PSCATTER_GATHER_LIST = *mut SCATTER_GATHER_LIST;

/// A request for shared memory. The provider writes three answers into it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_SHARED_MEMORY_PARAMETERS {
    /// Type [`NDIS_OBJECT_TYPE_DEFAULT`]; without revision 2, [`VPortId`](Self::VPortId) is not there.
    pub Header: NDIS_OBJECT_HEADER,
    /// In: `NDIS_SHARED_MEM_PARAMETERS_*` flags.
    pub Flags: ULONG,
    /// In: the receive queue the memory is for.
    pub QueueId: NDIS_RECEIVE_QUEUE_ID,
    /// Out: names the block in receive indications. [`NDIS_SHARED_MEM_HANDLE_HAL_ALLOCATED`] means no provider.
    pub SharedMemoryHandle: NDIS_HANDLE,
    /// In: the NUMA node the memory should be on, or [`MM_ANY_NODE_OK`].
    pub PreferredNode: NODE_REQUIREMENT,
    /// In: what the memory is for.
    pub Usage: NDIS_SHARED_MEMORY_USAGE,
    /// In: how many bytes are wanted.
    pub Length: ULONG,
    /// Out: where the processor sees the block.
    pub VirtualAddress: PVOID,
    /// In: size of the list buffer in bytes, list header included.
    pub SGListBufferLength: ULONG,
    /// In: the consumer's buffer, into which the provider writes the pieces of the block.
    pub SGListBuffer: PSCATTER_GATHER_LIST,
    /// In, since revision 2: the virtual port the memory is for.
    pub VPortId: NDIS_NIC_SWITCH_VPORT_ID,
}
/// Pointer to an [`NDIS_SHARED_MEMORY_PARAMETERS`].
pub type PNDIS_SHARED_MEMORY_PARAMETERS = *mut NDIS_SHARED_MEMORY_PARAMETERS;

/// First revision of [`NDIS_SHARED_MEMORY_PARAMETERS`].
pub const NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_SHARED_MEMORY_PARAMETERS`]: adds the virtual port.
pub const NDIS_SHARED_MEMORY_PARAMETERS_REVISION_2: UCHAR = 2;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1: USHORT =
    size_through!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2: USHORT =
    size_through!(NDIS_SHARED_MEMORY_PARAMETERS, VPortId);

/// The block must be physically contiguous.
pub const NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS: ULONG = 0x1;
/// The first spelling of [`NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS`], which ndis.h keeps.
pub const NDIS_SHARED_MEM_PARAMETERS_CONTIGOUS: ULONG = NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS;
/// The shared memory handle of memory that came from the HAL, without a provider.
pub const NDIS_SHARED_MEM_HANDLE_HAL_ALLOCATED: NDIS_HANDLE = null_mut();

/// How a driver registers itself as a provider of shared memory, by `NdisSetOptionalHandlers`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
    /// Type [`NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS`].
    pub Header: NDIS_OBJECT_HEADER,
    /// `NDIS_SHARED_MEMORY_PROVIDER_CHAR_*` flags.
    pub Flags: ULONG,
    /// The provider's own context, which is the first argument of both handlers.
    pub ProviderContext: NDIS_HANDLE,
    /// Makes a block.
    pub AllocateSharedMemoryHandler: ALLOCATE_SHARED_MEMORY_HANDLER,
    /// Takes a block back.
    pub FreeSharedMemoryHandler: FREE_SHARED_MEMORY_HANDLER,
}
/// Pointer to an [`NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS`].
pub type PNDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS = *mut NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS;

/// First revision of [`NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS`].
pub const NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1: UCHAR = 1;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1: USHORT =
    size_through!(NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS, FreeSharedMemoryHandler);

/// The provider also serves virtual ports of the physical function.
pub const NDIS_SHARED_MEMORY_PROVIDER_CHAR_SUPPORTS_PF_VPORTS: ULONG = 0x1;

/// A part of a shared memory block that holds received data. Parts form a chain.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NET_BUFFER_SHARED_MEMORY {
    /// The next part, or null.
    pub NextSharedMemorySegment: PNET_BUFFER_SHARED_MEMORY,
    /// Kept for NDIS.
    pub SharedMemoryFlags: ULONG,
    /// The block, as [`SharedMemoryHandle`](NDIS_SHARED_MEMORY_PARAMETERS::SharedMemoryHandle) named it.
    pub SharedMemoryHandle: NDIS_HANDLE,
    /// Where the part starts in the block, in bytes.
    pub SharedMemoryOffset: ULONG,
    /// Length of the part in bytes.
    pub SharedMemoryLength: ULONG,
}
/// Pointer to a [`NET_BUFFER_SHARED_MEMORY`].
pub type PNET_BUFFER_SHARED_MEMORY = *mut NET_BUFFER_SHARED_MEMORY;

/// NDIS calls it inside a consumer driver's NdisAllocateSharedMemory.
pub type ALLOCATE_SHARED_MEMORY_HANDLER = Option<
    unsafe extern "system" fn(
        ProviderContext: NDIS_HANDLE,
        SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS,
        pSharedMemoryProviderContext: PNDIS_HANDLE,
    ) -> NDIS_STATUS,
>;
/// NDIS calls it inside a consumer driver's NdisFreeSharedMemory, once per block that was allocated.
pub type FREE_SHARED_MEMORY_HANDLER =
    Option<unsafe extern "system" fn(ProviderContext: NDIS_HANDLE, SharedMemoryProviderContext: NDIS_HANDLE)>;
