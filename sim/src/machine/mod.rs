//! The machine: what it knows behind its locks, how handles and threads lead to it, and how it meets drivers.

pub(crate) mod arguments;
pub(crate) mod calls;
pub(crate) mod inner;
pub(crate) mod outstanding;
pub(crate) mod provoking;
