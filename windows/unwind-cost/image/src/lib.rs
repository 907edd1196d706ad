//! The image: the one crate that is compiled to abort, so it has nothing but the ways into the library.
#![no_std]

use core::ffi::c_void;

use unwind_cost_callbacks::Callbacks;

/// Gives the program the callbacks of this image.
#[unsafe(no_mangle)]
pub extern "C" fn callbacks() -> &'static Callbacks {
    &unwind_cost_library::CALLBACKS
}

/// Windows calls this when it has loaded the image.
#[unsafe(no_mangle)]
pub extern "system" fn DllMain(_image: *const c_void, _reason: u32, _reserved: *const c_void) -> i32 {
    1
}
