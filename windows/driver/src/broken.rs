//! A mistake, which the kernel test of this repository has to notice. A copy of this directory needs none.

use ndis::Handle;

use crate::pool::Block;

/// Keeps a block that was given back.
pub(crate) fn leak(block: Handle<Block>) {
    core::mem::forget(block);
}
