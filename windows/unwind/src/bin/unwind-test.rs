//! The image: the one crate that is compiled to abort, so it has nothing but the way into the library.
#![no_std]
#![no_main]

/// Windows calls this when it has loaded the image.
#[unsafe(no_mangle)]
extern "system" fn DriverEntry(driver: &mut unwind_test::device::Driver, _key: *const core::ffi::c_void) -> i32 {
    unwind_test::device::load(driver)
}
