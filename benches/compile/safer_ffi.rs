#![allow(dead_code)]
use safer_ffi::prelude::*;

#[derive_ReprC]
#[repr(C)]
pub struct Pool {
    limit: u32,
}

#[derive_ReprC]
#[repr(C)]
pub struct Request {
    length: u32,
}
