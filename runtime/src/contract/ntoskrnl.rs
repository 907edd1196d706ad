//! The kernel's own functions that this crate calls.
//!
//! A kernel build gets them from `ntoskrnl.exe`, without an import library. With the feature `kernel-stand-in` they are
//! imported from `ndis.sys`, where a test's stand-in defines them beside the NDIS functions.
#![cfg_attr(not(windows), allow(dead_code))] // no such build is ever linked

use crate::sys::{LONGLONG, PVOID, SIZE_T, ULONG, ULONG_PTR};

/// Declares functions of a kernel module, which exports plain names also on x86.
macro_rules! imports {
    ($module:literal, $abi:literal { $($functions:tt)* }) => {
        #[cfg_attr(
            all(windows, feature = "kernel-stand-in"),
            link(name = "ndis.sys", kind = "raw-dylib", modifiers = "+verbatim")
        )]
        #[cfg_attr(
            all(windows, not(feature = "kernel-stand-in"), not(target_arch = "x86")),
            link(name = $module, kind = "raw-dylib", modifiers = "+verbatim")
        )]
        #[cfg_attr(
            all(windows, not(feature = "kernel-stand-in"), target_arch = "x86"),
            link(name = $module, kind = "raw-dylib", modifiers = "+verbatim", import_name_type = "undecorated")
        )]
        unsafe extern $abi { $($functions)* }
    };
}

/// wdm.h's `KBUGCHECK_REASON_CALLBACK_RECORD`.
#[cfg(any(doc, ndis_image))]
#[repr(C)]
#[allow(non_snake_case)] // C's names
pub(crate) struct CallbackRecord {
    pub(crate) Entry: [PVOID; 2],
    pub(crate) CallbackRoutine: PVOID,
    pub(crate) Component: *const u8,
    pub(crate) Checksum: ULONG_PTR,
    pub(crate) Reason: i32,
    /// What `KeInitializeCallbackRecord` sets is 0, `BufferEmpty`.
    pub(crate) State: u8,
}

/// wdm.h's `KBUGCHECK_SECONDARY_DUMP_DATA`.
#[cfg(any(doc, ndis_image))]
#[repr(C)]
#[allow(non_snake_case)]
pub(crate) struct SecondaryDumpData {
    pub(crate) InBuffer: PVOID,
    pub(crate) InBufferLength: ULONG,
    pub(crate) MaximumAllowed: ULONG,
    pub(crate) Guid: Guid,
    pub(crate) OutBuffer: PVOID,
    pub(crate) OutBufferLength: ULONG,
}

/// A GUID, as dumps have it.
#[cfg(any(doc, ndis_image))]
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Guid(pub(crate) u32, pub(crate) u16, pub(crate) u16, pub(crate) [u8; 8]);

/// `NonPagedPoolNx`: always in memory, never executable.
pub(crate) const NON_PAGED_POOL_NX: i32 = 512;

/// `PAGE_READWRITE`: memory that is not executable.
pub(crate) const PAGE_READWRITE: ULONG = 4;

imports! { "ntoskrnl.exe", "system" {
    pub(crate) safe fn KeBugCheckEx(code: ULONG, p1: ULONG_PTR, p2: ULONG_PTR, p3: ULONG_PTR, p4: ULONG_PTR) -> !;
    pub(crate) fn ExAllocatePoolWithTag(kind: i32, bytes: SIZE_T, tag: ULONG) -> PVOID;
    pub(crate) fn ExFreePoolWithTag(block: PVOID, tag: ULONG);
    // A PHYSICAL_ADDRESS by value travels like the 64-bit number it holds.
    pub(crate) fn MmAllocateContiguousNodeMemory(
        bytes: SIZE_T,
        lowest: LONGLONG,
        highest: LONGLONG,
        boundary: LONGLONG,
        protection: ULONG,
        node: ULONG,
    ) -> PVOID;
    pub(crate) fn MmFreeContiguousMemory(memory: PVOID);
    pub(crate) fn MmGetPhysicalAddress(address: PVOID) -> LONGLONG;
} }

// For the panic handler, at any IRQL.
#[cfg(any(doc, ndis_image))]
imports! { "ntoskrnl.exe", "system" {
    fn KeGetCurrentProcessorNumberEx(number: *mut core::ffi::c_void) -> ULONG;
    pub(crate) fn IoGetStackLimits(low: *mut usize, high: *mut usize);
    pub(crate) fn KeRegisterBugCheckReasonCallback(
        record: *mut CallbackRecord,
        routine: unsafe extern "system" fn(i32, *mut CallbackRecord, *mut SecondaryDumpData, ULONG),
        reason: i32,
        component: *const core::ffi::c_char,
    ) -> u8;
    pub(crate) fn KeDeregisterBugCheckReasonCallback(record: *mut CallbackRecord) -> u8;
} }

/// The index in the system of the processor that this runs on.
#[cfg(any(doc, ndis_image))]
pub(crate) fn processor() -> u32 {
    // SAFETY: the number in its group, which the function would also tell, may be left out; it may be called at any IRQL.
    unsafe { KeGetCurrentProcessorNumberEx(core::ptr::null_mut()) }
}

imports! { "ntoskrnl.exe", "C" {
    pub(crate) fn DbgPrintEx(component: ULONG, level: ULONG, format: *const core::ffi::c_char, ...) -> ULONG;
} }

// On x64 the level is in a register of the processor.
#[cfg(any(not(any(target_arch = "x86", target_arch = "x86_64")), feature = "kernel-stand-in"))]
imports! { "ntoskrnl.exe", "system" {
    pub(crate) safe fn KeGetCurrentIrql() -> u8;
} }

#[cfg(all(target_arch = "x86", not(feature = "kernel-stand-in")))]
imports! { "hal.dll", "system" {
    pub(crate) safe fn KeGetCurrentIrql() -> u8;
} }

/// What the compiler makes of copies and comparisons, on targets where no C library defines them.
#[cfg(windows)]
mod memory {
    use core::ffi::{c_int, c_void};

    #[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
    #[allow(dead_code)] // the compiler calls them by their names
    unsafe extern "C" {
        fn memcpy(to: *mut c_void, from: *const c_void, bytes: usize) -> *mut c_void;
        fn memmove(to: *mut c_void, from: *const c_void, bytes: usize) -> *mut c_void;
        fn memset(to: *mut c_void, byte: c_int, bytes: usize) -> *mut c_void;
        fn memcmp(one: *const c_void, other: *const c_void, bytes: usize) -> c_int;
    }
}
