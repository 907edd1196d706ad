//! Optional handlers: what a driver registers on top of its characteristics.

use super::base::*;

/// What every structure of optional handlers starts with. The header's type says which one it is.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NDIS_DRIVER_OPTIONAL_HANDLERS {
    /// The header of the structure that is registered.
    pub Header: NDIS_OBJECT_HEADER,
}
/// Pointer to an [`NDIS_DRIVER_OPTIONAL_HANDLERS`].
pub type PNDIS_DRIVER_OPTIONAL_HANDLERS = *mut NDIS_DRIVER_OPTIONAL_HANDLERS;

/// NDIS calls it inside NdisRegisterProtocolDriver, before that call has returned.
pub type SET_OPTIONS_HANDLER =
    Option<unsafe extern "system" fn(NdisDriverHandle: NDIS_HANDLE, DriverContext: NDIS_HANDLE) -> NDIS_STATUS>;
