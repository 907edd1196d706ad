//! The kernel's functions as this driver imports them, its pool with a count, and its debugger.

use core::alloc::{GlobalAlloc, Layout};
use core::ffi::{CStr, c_char, c_void};
use core::fmt::{self, Write};
use core::sync::atomic::{AtomicIsize, Ordering::Relaxed};

use crate::text::Text;

#[repr(C)]
pub(crate) struct UnicodeString {
    pub(crate) length: u16,
    pub(crate) maximum_length: u16,
    pub(crate) buffer: *const u16,
}

/// A [`UnicodeString`] of a literal.
macro_rules! unicode {
    ($text:literal) => {{
        static UNITS: [u16; $text.len()] = {
            let mut units = [0; $text.len()];
            let mut i = 0;
            while i < units.len() {
                units[i] = $text[i] as u16;
                i += 1;
            }
            units
        };
        const BYTES: u16 = 2 * $text.len() as u16;
        $crate::kernel::UnicodeString { length: BYTES, maximum_length: BYTES, buffer: (&raw const UNITS).cast() }
    }};
}
pub(crate) use unicode;

#[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn DbgPrint(format: *const c_char, ...) -> u32;
}

#[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
unsafe extern "C-unwind" {
    /// The kernel's own sort: a foreign frame between a comparator and who sorts.
    pub(crate) fn qsort(
        base: *mut u32,
        count: usize,
        size: usize,
        compare: unsafe extern "C-unwind" fn(*const u32, *const u32) -> i32,
    );
}

#[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
unsafe extern "system" {
    pub(crate) fn KeBugCheckEx(code: u32, one: usize, two: usize, three: usize, four: usize) -> !;
    fn ExAllocatePoolWithTag(kind: u32, bytes: usize, tag: u32) -> *mut u8;
    fn ExFreePoolWithTag(block: *mut u8, tag: u32);
    fn MmGetSystemRoutineAddress(name: *const UnicodeString) -> *const c_void;
    fn KeDelayExecutionThread(mode: u8, alertable: u8, interval: *const i64) -> i32;
    pub(crate) fn PsCreateSystemThread(
        handle: *mut *mut c_void,
        access: u32,
        attributes: *const c_void,
        process: *const c_void,
        client: *const c_void,
        start: extern "system-unwind" fn(*const c_void),
        context: *const c_void,
    ) -> i32;
    pub(crate) fn ZwClose(handle: *mut c_void) -> i32;
}

/// What the compiler calls by these names.
mod memory {
    use core::ffi::c_char;

    #[link(name = "ntoskrnl.exe", kind = "raw-dylib", modifiers = "+verbatim")]
    unsafe extern "C" {
        fn memcpy(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8;
        fn memmove(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8;
        fn memset(to: *mut u8, byte: i32, bytes: usize) -> *mut u8;
        fn memcmp(one: *const u8, other: *const u8, bytes: usize) -> i32;
        fn strlen(text: *const c_char) -> usize;
    }

    #[repr(C)]
    struct Imports(
        unsafe extern "C" fn(*mut u8, *const u8, usize) -> *mut u8,
        unsafe extern "C" fn(*mut u8, *const u8, usize) -> *mut u8,
        unsafe extern "C" fn(*mut u8, i32, usize) -> *mut u8,
        unsafe extern "C" fn(*const u8, *const u8, usize) -> i32,
        unsafe extern "C" fn(*const c_char) -> usize,
    );

    #[used]
    static IMPORTS: Imports = Imports(memcpy, memmove, memset, memcmp, strlen);
}

/// The address of a function of the kernel that the image must not import, because the unwinder must not.
pub(crate) fn routine(name: &UnicodeString) -> *const c_void {
    // SAFETY: the name is a whole one.
    unsafe { MmGetSystemRoutineAddress(name) }
}

/// Lets other threads run for a while.
pub(crate) fn pause() {
    const TEN_MILLISECONDS: i64 = -100_000;
    // SAFETY: drivers of this test run at PASSIVE_LEVEL.
    unsafe { KeDelayExecutionThread(0, 0, &TEN_MILLISECONDS) };
}

/// Prints a line to the debugger.
pub(crate) fn print(line: fmt::Arguments<'_>) {
    let mut text = Text::<400>::new();
    let _ = write!(text, "unwind-test: {line}\n\0");
    if let Ok(text) = CStr::from_bytes_until_nul(text.as_str().as_bytes()) {
        // SAFETY: the format wants one text, which ends.
        unsafe { DbgPrint(c"%s".as_ptr(), text.as_ptr()) };
    }
}

/// The pool. A block of 16 MiB or more is one that there is no memory for.
struct Pool;

#[global_allocator]
static POOL: Pool = Pool;

/// Blocks allocated and not freed.
pub(crate) static BLOCKS: AtomicIsize = AtomicIsize::new(0);

const TAG: u32 = u32::from_le_bytes(*b"UwTs");
const TOO_MUCH: usize = 16 << 20;

// SAFETY: the pool's blocks are aligned to 16 bytes, and nothing here wants more.
unsafe impl GlobalAlloc for Pool {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        const NON_PAGED: u32 = 512;
        if layout.size() >= TOO_MUCH || layout.align() > 16 {
            return core::ptr::null_mut();
        }
        BLOCKS.fetch_add(1, Relaxed);
        // SAFETY: any size and tag are legal.
        unsafe { ExAllocatePoolWithTag(NON_PAGED, layout.size(), TAG) }
    }

    unsafe fn dealloc(&self, block: *mut u8, _layout: Layout) {
        BLOCKS.fetch_sub(1, Relaxed);
        // SAFETY: it is a block of `alloc`.
        unsafe { ExFreePoolWithTag(block, TAG) }
    }
}
