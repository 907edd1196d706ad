//! What an entry with few checks needs once.
#![allow(dead_code)]

use ndis::AllocError;
use ndis::irql::Irql;
use ndis::sys::*;

pub struct Pool {
    limit: u32,
}

pub struct Block {
    length: u32,
}

fn status(error: AllocError) -> NDIS_STATUS {
    match error {
        AllocError::Resources => NDIS_STATUS_RESOURCES,
        AllocError::InvalidParameter => NDIS_STATUS_INVALID_PARAMETER,
        AllocError::Failure => NDIS_STATUS_FAILURE,
    }
}
