//! Memory: what drivers see, and who has which of it. Knows no machine.

pub(crate) mod frames;
pub(crate) mod guarded;
pub(crate) mod heap;
pub(crate) mod ranges;
pub(crate) mod supply;
