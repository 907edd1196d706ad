//! Windows network drivers' callbacks in safe Rust.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
extern crate self as ndis;
#[cfg(any(feature = "std", test))]
extern crate std;

pub mod argument;
pub mod breach;
pub mod bugcheck;
mod call;
pub mod callback;
mod cell;
mod context;
mod enter;
mod error;
mod filter;
mod handle;
pub mod irql;
mod miniport;
mod nbl;
mod object;
mod oid;
mod operation;
pub mod outcome;
mod panic;
mod pd;
mod policy;
mod protocol;
pub mod registration;
pub mod role;
mod set_options;
mod shared_memory;
pub mod slot;
mod status;
pub mod sys;

pub use ndis_macros::{NdisError, ndis_callback};

#[doc(hidden)]
pub use argument::{GivenBack, Lent, NullableLent, Retired, Value, View};
pub use breach::{Breach, BreachKind};
pub use callback::Entry;
pub use context::{Context, ContextValue};
pub use error::{AllocError, AnyError, NdisError, OutOfMemory};
pub use filter::{FilterAttachParameters, FilterModuleHandle, FilterPause, PendingFilterPause};
pub use handle::{Handle, HandleValue, Opaque};
pub use irql::Irql;
pub use miniport::{CancelId, HaltAction, Interrupt, PortNumber, SendFlags, ShutdownAction};
pub use nbl::SendChain;
pub use oid::{OidRequest, OidRequestKind, PendingOidRequest};
pub use operation::Answered;
pub use pd::{PdCounterParameters, PdCounterType};
pub use policy::{IrqlCheck, OnPanic, Policy};
pub use protocol::{ProtocolDriver, Registered};
pub use set_options::{MiniportDriverHandle, ProtocolDriverHandle};
pub use shared_memory::{
    PhysicalRun, PreferredNode, SharedMemory, SharedMemoryProvider, SharedMemoryRequest, SharedMemoryUsage,
};
pub use status::NdisStatus;

/// What most callbacks need.
pub mod prelude {
    pub use crate::{AllocError, Answered, Context, Handle, NdisError, NdisStatus, SharedMemoryRequest, ndis_callback};
}

/// For the code that `#[ndis_callback]` writes.
#[doc(hidden)]
pub mod __private {
    pub use crate::error::check_statuses;
}

mod sealed {
    pub trait Sealed {}
}
