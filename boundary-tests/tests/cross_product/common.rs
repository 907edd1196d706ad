//! What these tests share with the runtime's own.
#![allow(dead_code)] // each uses its part

#[path = "../../../runtime/tests/common/lists.rs"]
pub mod lists;
#[path = "../../../runtime/tests/common/memory.rs"]
pub mod memory;
#[path = "../../../runtime/tests/common/record.rs"]
pub mod record;
