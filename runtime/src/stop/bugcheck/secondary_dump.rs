//! [`SecondaryDump`]: has the kernel add the records to the dumps that it writes.

use core::cell::UnsafeCell;
use core::ptr::null_mut;

use super::{RECORDS, Records};
use crate::contract::ntoskrnl::{
    CallbackRecord, Guid, KeDeregisterBugCheckReasonCallback, KeRegisterBugCheckReasonCallback, SecondaryDumpData,
};
use crate::sys::ULONG;

/// `KbCallbackSecondaryDumpData`: the callback names data to append to the secondary data of a dump.
const SECONDARY_DUMP_DATA: i32 = 2;

/// The registration of an image's records.
#[repr(C)]
pub(crate) struct SecondaryDump {
    /// First, so that the callback finds the rest.
    record: UnsafeCell<CallbackRecord>,
    guid: Guid,
    /// Ends in a zero.
    driver: &'static str,
}

// SAFETY: the kernel's own while it is registered; the driver looks at none of it.
unsafe impl Sync for SecondaryDump {}

impl core::fmt::Debug for SecondaryDump {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SecondaryDump")
    }
}

impl SecondaryDump {
    /// Not registered. `driver` ends in a zero.
    pub(crate) const fn new(driver: &'static str) -> SecondaryDump {
        let record = CallbackRecord {
            Entry: [null_mut(); 2],
            CallbackRoutine: null_mut(),
            Component: core::ptr::null(),
            Checksum: 0,
            Reason: 0,
            State: 0,
        };
        SecondaryDump { record: UnsafeCell::new(record), guid: guid(driver), driver }
    }

    /// Registers the records. A driver whose registration fails is none the worse, only its minidumps are.
    ///
    /// # Safety
    ///
    /// `self` stays where it is until it was deregistered, and is registered once.
    pub(crate) unsafe fn register(&self) {
        // SAFETY: the record is all zeros, as `KeInitializeCallbackRecord` leaves it, and stays guaranteed by the caller.
        unsafe {
            KeRegisterBugCheckReasonCallback(
                self.registered(),
                add_records,
                SECONDARY_DUMP_DATA,
                self.driver.as_ptr().cast(),
            )
        };
    }

    /// The record at the start of this, as the kernel knows it.
    fn registered(&self) -> *mut CallbackRecord {
        core::ptr::from_ref(self).cast_mut().cast()
    }

    /// Deregisters them.
    pub(crate) fn deregister(&self) {
        // SAFETY: for a record that is not registered, the function does nothing.
        unsafe { KeDeregisterBugCheckReasonCallback(self.registered()) };
    }
}

/// Under which a debugger finds the records of this driver: each driver has another, which its name makes (FNV-1a).
const fn guid(driver: &str) -> Guid {
    let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while at < driver.len() {
        hash = (hash ^ driver.as_bytes()[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    Guid(0x84d7_b5fd, 0x6b3a, 0x4b06, hash.to_be_bytes())
}

/// Called during a bugcheck, at HIGH_LEVEL: `BugCheckSecondaryDumpDataCallback`.
unsafe extern "system" fn add_records(
    _reason: i32,
    record: *mut CallbackRecord,
    data: *mut SecondaryDumpData,
    _length: ULONG,
) {
    // SAFETY: for the reason that was registered, the kernel passes this structure, and the record that was registered,
    // which a `SecondaryDump` begins with.
    let (data, this) = unsafe { (&mut *data, &*record.cast::<SecondaryDump>()) };
    if data.MaximumAllowed as usize >= size_of::<Records>() {
        data.Guid = this.guid;
        data.OutBuffer = (&raw const RECORDS).cast_mut().cast();
        data.OutBufferLength = size_of::<Records>() as ULONG;
    }
}
