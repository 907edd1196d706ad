#![forbid(unsafe_code)]

use std::any::Any;

use ndis::prelude::*;

/// The crate with a trait of the driver's own in place of the one that receives arguments.
mod swapped {
    pub use ndis::callback;

    pub mod __private {
        pub use ndis::__private::{Entry, Kept, Outcome, Pointer, c};

        pub trait Argument<K, const I: usize>: Sized {
            fn receive<C: 'static, R>(call: &C) -> Result<Self, R>;
        }
    }
}
use swapped::__private::Argument;

struct Pool;
struct Block;

impl<K> Argument<K, 0> for &Pool {
    fn receive<C: 'static, R>(_call: &C) -> Result<Self, R> {
        Ok(&Pool)
    }
}

impl<K> Argument<K, 1> for Handle<Block> {
    fn receive<C: 'static, R>(call: &C) -> Result<Self, R> {
        type Free = ndis::callback::FREE_SHARED_MEMORY_HANDLER;
        let receive = <Handle<Block> as ndis::__private::Argument<Free, 1>>::receive;
        let call = (call as &dyn Any).downcast_ref().unwrap();
        drop(receive(call));
        Ok(receive(call).unwrap())
    }
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, crate = crate::swapped)]
fn free(_pool: &Pool, _block: Handle<Block>) {}

fn main() {}
