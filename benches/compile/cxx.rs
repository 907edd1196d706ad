#![allow(dead_code)]

pub struct Pool {
    limit: u32,
}

pub struct Block {
    length: u32,
}

pub struct Request {
    length: u32,
}

#[cxx::bridge]
mod bridge {
    extern "Rust" {
        type Pool;
        type Block;
        type Request;
$declarations
    }
}
