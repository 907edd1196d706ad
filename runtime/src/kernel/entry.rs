//! `DriverEntry`: from the kernel's call to a [`Driver`], and back when the driver is unloaded.

use core::cell::UnsafeCell;
use core::mem::offset_of;

use crate::driver::Driver;
use crate::stop::bugcheck::SecondaryDump;
use crate::stop::panic::{self, PanicAt, Site};
use crate::sys::{
    MINIPORT_DRIVER_UNLOAD, NTSTATUS, PDEVICE_OBJECT, PDRIVER_OBJECT, PVOID, STATUS_SUCCESS, ULONG, UNICODE_STRING,
};

/// The start of wdm.h's `DRIVER_OBJECT`, as far as its unload routine.
#[repr(C)]
#[allow(non_snake_case, dead_code)] // C's names, only one of which is used
struct DriverObject {
    Type: i16,
    Size: i16,
    DeviceObject: PDEVICE_OBJECT,
    Flags: ULONG,
    DriverStart: PVOID,
    DriverSize: ULONG,
    DriverSection: PVOID,
    DriverExtension: PVOID,
    DriverName: UNICODE_STRING,
    HardwareDatabase: PVOID,
    FastIoDispatch: PVOID,
    DriverInit: PVOID,
    DriverStartIo: PVOID,
    /// NDIS's name for the type stands in for wdm.h's `PDRIVER_UNLOAD`: they are the same.
    DriverUnload: MINIPORT_DRIVER_UNLOAD,
}

const _: () = assert!(offset_of!(DriverObject, DriverUnload) == if cfg!(target_arch = "x86") { 0x34 } else { 0x68 });

/// The driver of this image while it is loaded; `driver_entry!` makes the only one.
#[derive(Debug)]
pub struct Loaded<D> {
    driver: UnsafeCell<Option<D>>,
    secondary_dump: SecondaryDump,
}

// SAFETY: the driver is `Send`, and `load` and `unload`, the only ones to touch it, never run at the same time.
unsafe impl<D: Driver> Sync for Loaded<D> {}

impl<D: Driver> Loaded<D> {
    /// No driver yet. `driver` is the name of the image's crate, and ends in a zero.
    pub const fn none(driver: &'static str) -> Loaded<D> {
        Loaded { driver: UnsafeCell::new(None), secondary_dump: SecondaryDump::new(driver) }
    }

    /// What `DriverEntry` does: registers the records of panics for the kernel's dumps, loads the driver and, when that went well, asks for `unload` to be called.
    ///
    /// # Safety
    ///
    /// The value is a static. The kernel called `DriverEntry` with this driver object, which it does once; `unload` calls
    /// [`unload`](Self::unload) of this very value and nothing else does.
    pub unsafe fn load(&self, driver_object: PDRIVER_OBJECT, unload: MINIPORT_DRIVER_UNLOAD) -> NTSTATUS {
        // SAFETY: `self` is a static, guaranteed by the caller, and the kernel unmaps it after `unload`, or after `DriverEntry`
        // failed.
        unsafe { self.secondary_dump.register() };
        match panic::run_fatal(
            &Site { callback: "DriverEntry", panic: PanicAt::IsFatal },
            driver_object.cast(),
            D::load,
        ) {
            Ok(driver) => {
                // SAFETY: the kernel does not unload a driver whose `DriverEntry` is running, so nobody else is here.
                unsafe { *self.driver.get() = Some(driver) };
                // SAFETY: the object is the kernel's, and its unload routine is the driver's to set.
                unsafe { (&raw mut (*driver_object.cast::<DriverObject>()).DriverUnload).write(unload) };
                STATUS_SUCCESS
            }
            Err(status) => {
                self.secondary_dump.deregister();
                status.as_raw()
            }
        }
    }

    /// What the unload routine does.
    ///
    /// # Safety
    ///
    /// The kernel called the unload routine, which it does once, after `DriverEntry` succeeded.
    pub unsafe fn unload(&self, driver_object: PDRIVER_OBJECT) {
        // SAFETY: `DriverEntry` has returned, and the kernel calls no other routine of a driver that unloads.
        if let Some(driver) = unsafe { (*self.driver.get()).take() } {
            panic::run_fatal(&Site { callback: "DriverUnload", panic: PanicAt::IsFatal }, driver_object.cast(), || {
                driver.unload()
            });
        }
        self.secondary_dump.deregister();
    }
}
