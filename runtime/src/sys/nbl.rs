//! Network data: lists of net buffers, the buffers, and the memory they describe.

use super::base::*;
use super::shared_memory::PNET_BUFFER_SHARED_MEMORY;

opaque! {
    /// The memory manager's description of a buffer's pages.
    MDL, PMDL;
    /// Room that a driver has reserved at a list for its own use.
    NET_BUFFER_LIST_CONTEXT, PNET_BUFFER_LIST_CONTEXT;
}

/// A chain of net buffers with the information they share.
///
/// In C the first two members form a union with an `SLIST_HEADER`, used while the list is free. It leaves its
/// alignment here: two pointers.
#[cfg_attr(target_pointer_width = "64", repr(C, align(16)))]
#[cfg_attr(target_pointer_width = "32", repr(C, align(8)))]
#[derive(Debug)]
pub struct NET_BUFFER_LIST {
    /// The next list of the chain, or null.
    pub Next: PNET_BUFFER_LIST,
    /// The first net buffer of this list.
    pub FirstNetBuffer: PNET_BUFFER,
    /// The contexts that drivers have reserved, the newest first.
    pub Context: PNET_BUFFER_LIST_CONTEXT,
    /// The list this one was cloned or derived from, or null.
    pub ParentNetBufferList: PNET_BUFFER_LIST,
    /// The pool the list came from.
    pub NdisPoolHandle: NDIS_HANDLE,
    _aligns_what_follows_like_the_struct: ULONG_PTR,
    /// Kept for NDIS.
    pub NdisReserved: [PVOID; 2],
    /// For the protocol or filter driver that made the list.
    pub ProtocolReserved: [PVOID; 4],
    /// For the miniport driver while it holds the list.
    pub MiniportReserved: [PVOID; 2],
    /// For the driver that holds the list now.
    pub Scratch: PVOID,
    /// The handle of the driver that sent or indicated the list, to which it goes back.
    pub SourceHandle: NDIS_HANDLE,
    /// Flags kept for NDIS.
    pub NblFlags: ULONG,
    /// How many lists have been derived from this one and are still in use.
    pub ChildRefCount: LONG,
    /// Attributes of the list.
    pub Flags: ULONG,
    /// How the send or receive went. In C it is a union with a field of NDIS's own.
    pub Status: NDIS_STATUS,
    /// Out-of-band information, one item per slot.
    pub NetBufferListInfo: [PVOID; 27],
}
/// Pointer to a [`NET_BUFFER_LIST`].
pub type PNET_BUFFER_LIST = *mut NET_BUFFER_LIST;

/// One packet: a span of bytes in a chain of MDLs.
///
/// In C the members up to [`DataOffset`](Self::DataOffset) form a union with an `SLIST_HEADER`, used while the
/// buffer is free. It leaves its alignment here: two pointers.
#[cfg_attr(target_pointer_width = "64", repr(C, align(16)))]
#[cfg_attr(target_pointer_width = "32", repr(C, align(8)))]
#[derive(Debug)]
pub struct NET_BUFFER {
    /// The next buffer of the list, or null.
    pub Next: PNET_BUFFER,
    /// The first MDL that holds data of the packet.
    pub CurrentMdl: PMDL,
    /// Where the data starts in that MDL, in bytes.
    pub CurrentMdlOffset: ULONG,
    /// Length of the data in bytes. In C it is a union with `DataLength`, a [`ULONG`] of the same value.
    pub stDataLength: SIZE_T,
    /// The first MDL of the chain.
    pub MdlChain: PMDL,
    /// Where the data starts in the chain, in bytes.
    pub DataOffset: ULONG,
    _pads_the_union_to_pointers: [ULONG; size_of::<ULONG_PTR>() / size_of::<ULONG>() - 1],
    /// What a miniport must add to a checksum it computes.
    pub ChecksumBias: USHORT,
    /// Kept for NDIS.
    pub Reserved: USHORT,
    /// The pool the buffer came from.
    pub NdisPoolHandle: NDIS_HANDLE,
    /// Kept for NDIS.
    pub NdisReserved: [PVOID; 2],
    /// For the protocol or filter driver that made the buffer.
    pub ProtocolReserved: [PVOID; 6],
    /// For the miniport driver while it holds the buffer.
    pub MiniportReserved: [PVOID; 4],
    /// Where the device sees the data, if the driver keeps that here.
    pub DataPhysicalAddress: NDIS_PHYSICAL_ADDRESS,
    /// The shared memory that holds the data. In C it is a union with `ScatterGatherList`, for buffers that are sent.
    pub SharedMemoryInfo: PNET_BUFFER_SHARED_MEMORY,
}
/// Pointer to a [`NET_BUFFER`].
pub type PNET_BUFFER = *mut NET_BUFFER;
