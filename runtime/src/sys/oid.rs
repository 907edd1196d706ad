//! OID requests: queries, settings and methods addressed to an adapter.

use core::fmt;

use super::base::*;
use super::shared_memory::NDIS_NIC_SWITCH_VPORT_ID;

/// Identifies an object that can be queried or set.
pub type NDIS_OID = ULONG;
/// Number of an adapter's switch.
pub type NDIS_NIC_SWITCH_ID = ULONG;

/// The switch every adapter that has switches has.
pub const NDIS_DEFAULT_SWITCH_ID: NDIS_NIC_SWITCH_ID = 0;

/// What a request asks for.
pub type NDIS_REQUEST_TYPE = i32;
/// Reads an object.
pub const NdisRequestQueryInformation: NDIS_REQUEST_TYPE = 0;
/// Writes an object.
pub const NdisRequestSetInformation: NDIS_REQUEST_TYPE = 1;
/// Reads an object on behalf of WMI or a user.
pub const NdisRequestQueryStatistics: NDIS_REQUEST_TYPE = 2;
/// Opens a binding. From NDIS 5, not sent any more.
pub const NdisRequestOpen: NDIS_REQUEST_TYPE = 3;
/// Closes a binding. From NDIS 5, not sent any more.
pub const NdisRequestClose: NDIS_REQUEST_TYPE = 4;
/// Sends a packet. From NDIS 5, not sent any more.
pub const NdisRequestSend: NDIS_REQUEST_TYPE = 5;
/// Copies received data. From NDIS 5, not sent any more.
pub const NdisRequestTransferData: NDIS_REQUEST_TYPE = 6;
/// Resets the adapter. From NDIS 5, not sent any more.
pub const NdisRequestReset: NDIS_REQUEST_TYPE = 7;
/// Between drivers that agree on its meaning.
pub const NdisRequestGeneric1: NDIS_REQUEST_TYPE = 8;
/// Between drivers that agree on its meaning.
pub const NdisRequestGeneric2: NDIS_REQUEST_TYPE = 9;
/// Between drivers that agree on its meaning.
pub const NdisRequestGeneric3: NDIS_REQUEST_TYPE = 10;
/// Between drivers that agree on its meaning.
pub const NdisRequestGeneric4: NDIS_REQUEST_TYPE = 11;
/// Writes to and reads from an object in one go.
pub const NdisRequestMethod: NDIS_REQUEST_TYPE = 12;

/// What a query asks and gets: the `QUERY_INFORMATION` member of a request's data.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_OID_REQUEST_QUERY {
    /// The object to read.
    pub Oid: NDIS_OID,
    /// Where the value goes.
    pub InformationBuffer: PVOID,
    /// Size of the buffer in bytes.
    pub InformationBufferLength: UINT,
    /// Out: how many bytes were written.
    pub BytesWritten: UINT,
    /// Out: how many bytes the value needs, when the buffer is too short.
    pub BytesNeeded: UINT,
}

/// What a set request carries: the `SET_INFORMATION` member of a request's data.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_OID_REQUEST_SET {
    /// The object to write.
    pub Oid: NDIS_OID,
    /// Where the value is.
    pub InformationBuffer: PVOID,
    /// Length of the value in bytes.
    pub InformationBufferLength: UINT,
    /// Out: how many bytes were read.
    pub BytesRead: UINT,
    /// Out: how many bytes the value must have, when it is too short.
    pub BytesNeeded: UINT,
}

/// What a method request carries and gets: the `METHOD_INFORMATION` member of a request's data.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_OID_REQUEST_METHOD {
    /// The object to act on.
    pub Oid: NDIS_OID,
    /// Where the input is and the output goes.
    pub InformationBuffer: PVOID,
    /// Length of the input in bytes.
    pub InputBufferLength: ULONG,
    /// Room for the output in bytes.
    pub OutputBufferLength: ULONG,
    /// Which method of the object.
    pub MethodId: ULONG,
    /// Out: how many bytes were written.
    pub BytesWritten: UINT,
    /// Out: how many bytes were read.
    pub BytesRead: UINT,
    /// Out: how many bytes are needed, when the buffer is too short.
    pub BytesNeeded: UINT,
}

/// The part of a request that depends on its type.
#[repr(C)]
#[derive(Clone, Copy)]
pub union NDIS_OID_REQUEST_DATA {
    /// The object, whatever the type: all members start with it.
    pub Oid: NDIS_OID,
    /// Of [`NdisRequestQueryInformation`] and [`NdisRequestQueryStatistics`].
    pub QUERY_INFORMATION: NDIS_OID_REQUEST_QUERY,
    /// Of [`NdisRequestSetInformation`].
    pub SET_INFORMATION: NDIS_OID_REQUEST_SET,
    /// Of [`NdisRequestMethod`].
    pub METHOD_INFORMATION: NDIS_OID_REQUEST_METHOD,
}

impl fmt::Debug for NDIS_OID_REQUEST_DATA {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NDIS_OID_REQUEST_DATA").finish_non_exhaustive()
    }
}

/// A request about one object of an adapter.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_OID_REQUEST {
    /// Type [`NDIS_OBJECT_TYPE_OID_REQUEST`].
    pub Header: NDIS_OBJECT_HEADER,
    /// What the request asks for, and which member of [`DATA`](Self::DATA) counts.
    pub RequestType: NDIS_REQUEST_TYPE,
    /// The port the request is for.
    pub PortNumber: NDIS_PORT_NUMBER,
    /// How long the request may take, in seconds.
    pub Timeout: UINT,
    /// Identifies the request to those who cancel it.
    pub RequestId: PVOID,
    /// The handle of the driver the request came from.
    pub RequestHandle: NDIS_HANDLE,
    /// The object, the buffer and the counts.
    pub DATA: NDIS_OID_REQUEST_DATA,
    /// Kept for NDIS.
    pub NdisReserved: [UCHAR; 16 * size_of::<PVOID>()],
    /// For the miniport driver while it holds the request.
    pub MiniportReserved: [UCHAR; 2 * size_of::<PVOID>()],
    /// For the driver that made the request.
    pub SourceReserved: [UCHAR; 2 * size_of::<PVOID>()],
    /// Out: the revision that the driver supports of the structure in the buffer.
    pub SupportedRevision: UCHAR,
    /// Kept for NDIS.
    pub Reserved1: UCHAR,
    /// Kept for NDIS.
    pub Reserved2: USHORT,
    /// Since revision 2: the switch the request is for.
    pub SwitchId: NDIS_NIC_SWITCH_ID,
    /// Since revision 2: the virtual port the request is for.
    pub VPortId: NDIS_NIC_SWITCH_VPORT_ID,
    /// Since revision 2: whether the switch and the virtual port are valid.
    pub Flags: ULONG,
}
/// Pointer to an [`NDIS_OID_REQUEST`].
pub type PNDIS_OID_REQUEST = *mut NDIS_OID_REQUEST;

/// First revision of [`NDIS_OID_REQUEST`].
pub const NDIS_OID_REQUEST_REVISION_1: UCHAR = 1;
/// Second revision of [`NDIS_OID_REQUEST`]: adds the switch and the virtual port.
pub const NDIS_OID_REQUEST_REVISION_2: UCHAR = 2;
/// Size of revision 1 in bytes.
pub const NDIS_SIZEOF_OID_REQUEST_REVISION_1: USHORT = size_through!(NDIS_OID_REQUEST, Reserved2);
/// Size of revision 2 in bytes.
pub const NDIS_SIZEOF_OID_REQUEST_REVISION_2: USHORT = size_through!(NDIS_OID_REQUEST, Flags);
