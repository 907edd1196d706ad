//! What the compiler calls by these names, from the library that has it without a C runtime. A driver has it from
//! ntoskrnl.exe.

#[link(name = "ntdll.dll", kind = "raw-dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn memcpy(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8;
    fn memmove(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8;
    fn memset(to: *mut u8, byte: i32, bytes: usize) -> *mut u8;
    fn memcmp(one: *const u8, other: *const u8, bytes: usize) -> i32;
}

/// Keeps them in the image until the compiler has added its calls, which is after it drops imports that nobody names.
#[repr(C)]
struct Imports(
    unsafe extern "C" fn(*mut u8, *const u8, usize) -> *mut u8,
    unsafe extern "C" fn(*mut u8, *const u8, usize) -> *mut u8,
    unsafe extern "C" fn(*mut u8, i32, usize) -> *mut u8,
    unsafe extern "C" fn(*const u8, *const u8, usize) -> i32,
);

#[used]
static IMPORTS: Imports = Imports(memcpy, memmove, memset, memcmp);
