//! The part of `ndis-unwind` that steps from a frame to its caller, compiled into this crate again: that crate needs
//! nothing in it for its test.
#![allow(dead_code, reason = "the walk itself is not compiled into this crate")]

#[path = "../../../unwind/src/functions.rs"]
pub(crate) mod functions;
#[path = "../../../unwind/src/image.rs"]
pub(crate) mod image;
#[path = "../../../unwind/src/registers.rs"]
pub(crate) mod registers;
#[path = "../../../unwind/src/unwind_info.rs"]
pub(crate) mod unwind_info;
