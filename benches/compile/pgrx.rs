#![allow(dead_code)]
use pgrx::prelude::*;

pub struct Pool {
    limit: u32,
}

pub struct Block {
    length: u32,
}

pub struct Request {
    length: u32,
}
