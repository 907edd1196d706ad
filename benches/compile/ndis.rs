#![allow(dead_code)]
use ndis::prelude::*;

pub struct Pool {
    limit: u32,
}

pub struct Block {
    length: u32,
}
