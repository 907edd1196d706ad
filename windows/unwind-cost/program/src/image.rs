//! An image is a library that is never unloaded.

use std::ffi::{CStr, c_char, c_void};

use unwind_cost_callbacks::Callbacks;

#[link(name = "kernel32")]
unsafe extern "system" {
    fn LoadLibraryA(name: *const c_char) -> *const c_void;
    fn GetProcAddress(library: *const c_void, name: *const c_char) -> Option<extern "C" fn() -> &'static Callbacks>;
}

pub(crate) fn load(name: &CStr) -> &'static Callbacks {
    // SAFETY: the name is a whole one, and the images are those that `run` has built.
    let library = unsafe { LoadLibraryA(name.as_ptr()) };
    assert!(!library.is_null(), "{name:?} cannot be loaded");
    // SAFETY: it is a library, and what it exports by this name has this type.
    let callbacks = unsafe { GetProcAddress(library, c"callbacks".as_ptr()) };
    callbacks.expect("the image has callbacks")()
}
