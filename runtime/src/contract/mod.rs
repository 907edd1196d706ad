//! The ground: IRQL, statuses, what can be broken, and the kernel's own functions.

pub(crate) mod breach;
pub mod irql;
#[cfg(any(doc, not(feature = "std")))]
pub(crate) mod ntoskrnl;
pub(crate) mod status;
