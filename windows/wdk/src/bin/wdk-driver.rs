//! The image, as with windows-drivers-rs: `DriverEntry`, allocator and panic handler are the image's own, and `ndis`
//! brings none of them.
#![no_std]
#![no_main]

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;

use wdk_driver::bindings::*;

/// What `wdk_alloc::WdkAllocator` is: a global allocator over `ExAllocatePool2`.
struct WdkAllocator;

#[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn ExAllocatePool2(flags: u64, bytes: usize, tag: u32) -> *mut c_void;
    fn ExFreePool(block: *mut c_void);
    fn KeBugCheck(code: u32) -> !;
}

// SAFETY: the pool's blocks are disjoint, aligned for what this driver allocates, and stay until they are freed.
unsafe impl GlobalAlloc for WdkAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        const NON_PAGED: u64 = 0x40;
        // SAFETY: the pool may be used at the levels a driver allocates at.
        unsafe { ExAllocatePool2(NON_PAGED, layout.size(), u32::from_le_bytes(*b"rust")) }.cast()
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the block came from `alloc`.
        unsafe { ExFreePool(block.cast()) };
    }
}

#[global_allocator]
static GLOBAL: WdkAllocator = WdkAllocator;

/// What `wdk_panic` brings.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    const MANUALLY_INITIATED_CRASH: u32 = 0xE2;
    // SAFETY: stopping the machine is always possible.
    unsafe { KeBugCheck(MANUALLY_INITIATED_CRASH) }
}

unsafe extern "C" fn unbound() -> NDIS_STATUS {
    0xC000_00BB_u32.cast_signed()
}

unsafe extern "C" fn unload(_driver: PVOID) {
    wdk_driver::unload();
}

/// Where `DRIVER_OBJECT` has its unload routine; with a WDK this is a field of wdk-sys' structure.
const DRIVER_UNLOAD: usize = 0x68;

#[unsafe(no_mangle)]
unsafe extern "system" fn DriverEntry(driver: PVOID, _registry_path: PVOID) -> NTSTATUS {
    let mut name = [b'W', b'd', b'k'].map(u16::from);
    let protocol = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
        Header: NDIS_OBJECT_HEADER {
            Type: ndis::sys::NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
            Revision: ndis::sys::NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
            Size: ndis::sys::NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2,
        },
        MajorNdisVersion: 6,
        MinorNdisVersion: 30,
        MajorDriverVersion: 1,
        MinorDriverVersion: 0,
        Flags: 0,
        Name: NDIS_STRING { Length: 6, MaximumLength: 6, Buffer: name.as_mut_ptr() },
        SetOptionsHandler: None,
        Handlers: [unbound as *mut c_void; 11],
    };
    match wdk_driver::load(protocol) {
        Ok(()) => {
            // SAFETY: the object is the kernel's, and its unload routine is the driver's to set.
            unsafe { driver.byte_add(DRIVER_UNLOAD).cast::<Option<unsafe extern "C" fn(PVOID)>>().write(Some(unload)) };
            0
        }
        Err(status) => status.as_raw(),
    }
}
