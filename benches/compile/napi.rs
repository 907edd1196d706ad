#![allow(dead_code)]
use napi_derive::napi;

#[napi]
pub struct Pool {
    limit: u32,
}

#[napi]
pub struct Block {
    length: u32,
}

#[napi]
pub struct Request {
    length: u32,
}
