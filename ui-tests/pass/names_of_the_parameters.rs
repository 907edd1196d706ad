//! Types, constants and functions named like the C parameters and like the locals of the generated code.
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, dead_code)]

use ndis::prelude::*;

struct ProviderContext;
struct SharedMemoryParameters;
struct SharedMemoryProviderContext;
struct pSharedMemoryProviderContext;
struct MiniportAdapterContext;
struct SendFlags;
struct PortNumber;
struct NetBufferList;
struct HaltAction;

mod provider_context {}
enum shared_memory_parameters {}
trait shared_memory_provider_context {}
type miniport_adapter_context = MiniportAdapterContext;
struct send_flags {}
fn port_number() {}
fn net_buffer_list() {}
fn halt_action() {}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(
    _context: &ProviderContext,
    _request: SharedMemoryRequest<'_>,
) -> Result<Handle<SharedMemoryProviderContext>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_context: &ProviderContext, _block: Handle<SharedMemoryProviderContext>) {}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_context: &MiniportAdapterContext, _chain: Chain<MiniportSend>) {}

#[ndis_callback(MINIPORT_HALT)]
fn halt(_context: &MiniportAdapterContext, _action: ndis::HaltAction) {}

// Functions named like the locals.
macro_rules! hangs {
    ($($name:ident)*) => {
        $(
            #[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
            fn $name(_context: &MiniportAdapterContext) -> bool {
                false
            }
        )*
    };
}

mod functions {
    use super::{MiniportAdapterContext, ndis_callback};

    hangs!(call out outs status flags entry enter policy finish receive body result context handle function);
    hangs!(argument self_ this value state stage new main drop miniport_adapter_context_ MiniportAdapterContext_);
}

mod like_the_raw_arguments {
    use super::{MiniportAdapterContext, ndis_callback};

    hangs!(raw miniport_adapter_context);
}

mod like_a_parameter {
    use ndis::prelude::*;

    #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
    fn provider_context(_context: &super::ProviderContext, _block: Handle<u32>) {}

    #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
    fn shared_memory_provider_context(_context: &super::ProviderContext, _block: Handle<u32>) {}

    #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
    fn shared_memory_parameters(
        _context: &super::ProviderContext,
        _request: SharedMemoryRequest<'_>,
    ) -> Result<Handle<u32>, AllocError> {
        Err(AllocError::Resources)
    }
}

fn main() {}
