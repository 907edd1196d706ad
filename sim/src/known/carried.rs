//! Values that mean something only to the driver that passed them.

use ndis::sys::NDIS_HANDLE;

/// A value of a driver's that is only carried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Carried(pub(crate) NDIS_HANDLE);

// SAFETY: the value is not followed here; drivers are promised callbacks from any thread.
unsafe impl Send for Carried {}
// SAFETY: as above.
unsafe impl Sync for Carried {}
