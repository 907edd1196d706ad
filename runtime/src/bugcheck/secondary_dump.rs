//! [`SecondaryDump`]: has the kernel add the records to the dumps that it writes.

use core::cell::UnsafeCell;
use core::ptr::null_mut;

use super::{RECORDS, Records};
use crate::ntoskrnl::{KeDeregisterBugCheckReasonCallback, KeRegisterBugCheckReasonCallback};
use crate::sys::{PVOID, ULONG, ULONG_PTR};

/// `KbCallbackSecondaryDumpData`: the callback names data to append to the secondary data of a dump.
const SECONDARY_DUMP_DATA: i32 = 2;

/// wdm.h's `KBUGCHECK_REASON_CALLBACK_RECORD`.
#[repr(C)]
#[allow(non_snake_case)] // C's names
pub(crate) struct CallbackRecord {
    Entry: [PVOID; 2],
    CallbackRoutine: PVOID,
    Component: *const u8,
    Checksum: ULONG_PTR,
    Reason: i32,
    /// What `KeInitializeCallbackRecord` sets is 0, `BufferEmpty`.
    State: u8,
}

/// wdm.h's `KBUGCHECK_SECONDARY_DUMP_DATA`.
#[repr(C)]
#[allow(non_snake_case)]
pub(crate) struct SecondaryDumpData {
    InBuffer: PVOID,
    InBufferLength: ULONG,
    MaximumAllowed: ULONG,
    Guid: Guid,
    OutBuffer: PVOID,
    OutBufferLength: ULONG,
}

#[repr(C)]
pub(crate) struct Guid(u32, u16, u16, [u8; 8]);

/// The registration of an image's records.
pub(crate) struct SecondaryDump(UnsafeCell<CallbackRecord>);

// SAFETY: the kernel's own while it is registered; the driver looks at none of it.
unsafe impl Sync for SecondaryDump {}

impl core::fmt::Debug for SecondaryDump {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SecondaryDump")
    }
}

impl SecondaryDump {
    /// Not registered.
    pub(crate) const fn new() -> SecondaryDump {
        SecondaryDump(UnsafeCell::new(CallbackRecord {
            Entry: [null_mut(); 2],
            CallbackRoutine: null_mut(),
            Component: core::ptr::null(),
            Checksum: 0,
            Reason: 0,
            State: 0,
        }))
    }

    /// Registers the records. A driver whose registration fails is none the worse, only its minidumps are.
    ///
    /// # Safety
    ///
    /// `self` stays where it is until it was deregistered, and is registered once.
    pub(crate) unsafe fn register(&self) {
        // SAFETY: the record is all zeros, as `KeInitializeCallbackRecord` leaves it, and stays by the caller's word.
        unsafe { KeRegisterBugCheckReasonCallback(self.0.get(), add_records, SECONDARY_DUMP_DATA, c"ndis".as_ptr()) };
    }

    /// Deregisters them.
    pub(crate) fn deregister(&self) {
        // SAFETY: for a record that is not registered, the function does nothing.
        unsafe { KeDeregisterBugCheckReasonCallback(self.0.get()) };
    }
}

/// Called during a bugcheck, at HIGH_LEVEL: `BugCheckSecondaryDumpDataCallback`.
unsafe extern "system" fn add_records(
    _reason: i32,
    _record: *mut CallbackRecord,
    data: *mut SecondaryDumpData,
    _: ULONG,
) {
    // SAFETY: for the reason that was registered, the kernel passes this structure.
    let data = unsafe { &mut *data };
    if data.MaximumAllowed as usize >= size_of::<Records>() {
        // Under which `.enumtag` shows them.
        data.Guid = Guid(0x84d7_b5fd, 0x6b3a, 0x4b06, [0xa2, 0xa7, 0x3f, 0x6e, 0x1c, 0x0d, 0x9e, 0x52]);
        data.OutBuffer = (&raw const RECORDS).cast_mut().cast();
        data.OutBufferLength = size_of::<Records>() as ULONG;
    }
}
