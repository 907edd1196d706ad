//! The registration of a provider.

use core::fmt;
use core::marker::PhantomData;

use crate::callback::{ALLOCATE_SHARED_MEMORY_HANDLER, Entry, FREE_SHARED_MEMORY_HANDLER};
use crate::family::registration::{Given, Missing};
use crate::sys::shared_memory::*;
use crate::sys::{NDIS_OBJECT_HEADER, NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS};
use crate::value::context::{Context, ContextValue};
use crate::value::handle::HandleValue;

/// The registration of a shared memory provider, `NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS` of revision 1.
///
/// `P` is the type of the provider's context, `B` what its block handles own; both handlers must agree on them.
/// Register it with a driver handle, inside the driver's set options callback:
/// [`ProtocolDriverHandle::register_shared_memory_provider`](crate::ProtocolDriverHandle::register_shared_memory_provider).
///
/// NDIS knows no deregistration of a provider. From its registration on the context belongs to the driver's
/// registration, and is freed when that one has been deregistered; a provider that is dropped unregistered frees it
/// at once.
///
/// ```
/// use ndis::prelude::*;
/// use ndis::SharedMemoryProvider;
/// # struct Pool;
/// # struct Block;
///
/// #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
/// fn allocate(_pool: &Pool, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
///     Err(AllocError::Resources)
/// }
///
/// #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
/// fn free(_pool: &Pool, block: Handle<Block>) {
///     drop(block);
/// }
///
/// let provider = SharedMemoryProvider::new(Context::new(Pool)?).allocate::<allocate>().free::<free>();
/// # drop(provider);
/// # Ok::<(), AllocError>(())
/// ```
#[must_use = "a provider does nothing until it is registered"]
pub struct SharedMemoryProvider<
    P: ContextValue,
    B,
    A = Missing<ALLOCATE_SHARED_MEMORY_HANDLER>,
    F = Missing<FREE_SHARED_MEMORY_HANDLER>,
> {
    context: Context<P>,
    flags: u32,
    allocate: crate::sys::ALLOCATE_SHARED_MEMORY_HANDLER,
    free: crate::sys::FREE_SHARED_MEMORY_HANDLER,
    blocks: PhantomData<fn(B)>,
    given: PhantomData<(A, F)>,
}

impl<P: ContextValue, B: HandleValue> SharedMemoryProvider<P, B> {
    /// A provider with this context and no handlers yet.
    pub fn new(context: Context<P>) -> SharedMemoryProvider<P, B> {
        SharedMemoryProvider { context, flags: 0, allocate: None, free: None, blocks: PhantomData, given: PhantomData }
    }
}

impl<P: ContextValue, B: HandleValue, A, F> SharedMemoryProvider<P, B, A, F> {
    /// The handler that allocates; required.
    pub fn allocate<N>(self) -> SharedMemoryProvider<P, B, Given, F>
    where
        N: Entry<ALLOCATE_SHARED_MEMORY_HANDLER, (P, B)>,
    {
        SharedMemoryProvider {
            context: self.context,
            flags: self.flags,
            allocate: N::ENTRY,
            free: self.free,
            blocks: PhantomData,
            given: PhantomData,
        }
    }

    /// The handler that frees; required.
    pub fn free<N>(self) -> SharedMemoryProvider<P, B, A, Given>
    where
        N: Entry<FREE_SHARED_MEMORY_HANDLER, (P, B)>,
    {
        SharedMemoryProvider {
            context: self.context,
            flags: self.flags,
            allocate: self.allocate,
            free: N::ENTRY,
            blocks: PhantomData,
            given: PhantomData,
        }
    }

    /// Says that the provider also serves requests for a virtual port of the physical function,
    /// `NDIS_SHARED_MEMORY_PROVIDER_CHAR_SUPPORTS_PF_VPORTS`.
    pub fn supports_pf_vports(mut self) -> Self {
        self.flags |= NDIS_SHARED_MEMORY_PROVIDER_CHAR_SUPPORTS_PF_VPORTS;
        self
    }

    /// NDIS's table for this provider.
    pub(crate) fn characteristics(&self) -> NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
        NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS,
                Revision: NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1,
                Size: NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1,
            },
            Flags: self.flags,
            ProviderContext: self.context.as_raw(),
            AllocateSharedMemoryHandler: self.allocate,
            FreeSharedMemoryHandler: self.free,
        }
    }

    /// The context, for its new owner.
    pub(crate) fn into_context(self) -> Context<P> {
        self.context
    }
}

impl<P: ContextValue, B, A, F> fmt::Debug for SharedMemoryProvider<P, B, A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedMemoryProvider").field("flags", &self.flags).finish_non_exhaustive()
    }
}
