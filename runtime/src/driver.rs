//! [`Driver`]: what a driver's image loads and unloads.

use crate::contract::status::NdisStatus;

/// A driver while it is loaded: [`load`](Self::load) makes it, [`unload`](Self::unload) takes it apart.
///
/// Its library implements this on any build, and a test on a host calls the two functions. Its image crate, which
/// exists for Windows only, names the type: `ndis::driver_entry!(MyDriver);`.
///
/// ```
/// use ndis::prelude::*;
/// use ndis::{Driver, ProtocolDriver, RegisteredProtocol};
///
/// struct Settings;
///
/// struct MyDriver(RegisteredProtocol<Settings>);
///
/// impl Driver for MyDriver {
///     fn load() -> Result<MyDriver, NdisStatus> {
///         ProtocolDriver::new(Context::new(Settings)?).register("MyDriver").map(MyDriver)
///     }
///
///     fn unload(self) {
///         self.0.deregister();
///     }
/// }
/// ```
pub trait Driver: Sized + Send + 'static {
    /// Loads the driver: registers what NDIS shall call. IRQL: PASSIVE_LEVEL.
    ///
    /// # Errors
    ///
    /// The status that loading the driver fails with. Nothing may be left registered then: the kernel unmaps the image.
    fn load() -> Result<Self, NdisStatus>;

    /// Ends what [`load`](Self::load) began. IRQL: PASSIVE_LEVEL. Afterwards the kernel unmaps the image.
    fn unload(self);
}
