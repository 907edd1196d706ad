#![allow(dead_code)]
use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;

#[pyclass]
pub struct Pool {
    limit: u32,
}

#[pyclass]
pub struct Block {
    length: u32,
}

#[pyclass]
pub struct Request {
    length: u32,
}
