use ndis::prelude::*;

struct Pool;
struct Block;

/// Stands in for the crate, but claims to have delivered what it did not.
mod swapped {
    pub use ndis::callback;

    pub mod __private {
        pub use ndis::__private::*;

        pub trait Outcome<K>: Sized {
            type Error;

            unsafe fn finish<C>(self, _call: &C) -> Result<i32, ndis::NdisStatus> {
                Ok(0)
            }
        }

        impl<K> Outcome<K> for Result<ndis::Handle<super::super::Block>, ndis::AllocError> {
            type Error = ndis::AllocError;
        }
    }
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, crate = crate::swapped)]
fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

fn main() {}
