//! The functions of the runtime's fixture, whose entries are called by C.

#[path = "../../../../runtime/tests/cross_product/fixture.rs"]
mod functions;

use ndis::sys::*;

pub use functions::{Act, Block, Pages, act};

unsafe extern "C" {
    /// How many calls have come back to C.
    static mut ndis_c_came_back: u64;
}

/// How many calls have come back to C since the last look. Only for a test that runs alone.
pub fn came_back() -> u64 {
    // SAFETY: the tests that call entries take turns.
    unsafe { (&raw mut ndis_c_came_back).replace(0) }
}

/// For each function a module with an `entry` that has C call the function's.
macro_rules! by_c {
    ($( $function:ident: $call:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?; )*) => {$(
        pub mod $function {
            use super::*;

            pub unsafe fn entry($($argument: $type),*) $(-> $result)? {
                unsafe extern "C" {
                    fn $call(
                        entry: unsafe extern "system" fn($($type),*) $(-> $result)?,
                        $($argument: $type),*
                    ) $(-> $result)?;
                }
                // SAFETY: the caller's.
                unsafe { $call(functions::$function::entry, $($argument),*) }
            }
        }
    )*};
}

by_c! {
    allocate: call_ALLOCATE_SHARED_MEMORY_HANDLER(
        provider: NDIS_HANDLE, parameters: PNDIS_SHARED_MEMORY_PARAMETERS, made: PNDIS_HANDLE
    ) -> NDIS_STATUS;
    free: call_FREE_SHARED_MEMORY_HANDLER(provider: NDIS_HANDLE, block: NDIS_HANDLE);
    protocol_set_options: call_PROTOCOL_SET_OPTIONS(driver: NDIS_HANDLE, context: NDIS_HANDLE) -> NDIS_STATUS;
    miniport_set_options: call_MINIPORT_SET_OPTIONS(driver: NDIS_HANDLE, context: NDIS_HANDLE) -> NDIS_STATUS;
    cancel_send: call_MINIPORT_CANCEL_SEND(adapter: NDIS_HANDLE, id: PVOID);
    check_for_hang: call_MINIPORT_CHECK_FOR_HANG(adapter: NDIS_HANDLE) -> BOOLEAN;
    halt: call_MINIPORT_HALT(adapter: NDIS_HANDLE, action: NDIS_HALT_ACTION);
    isr: call_MINIPORT_ISR(interrupt: NDIS_HANDLE, queue: PBOOLEAN, processors: PULONG) -> BOOLEAN;
    oid_request: call_MINIPORT_OID_REQUEST(adapter: NDIS_HANDLE, request: PNDIS_OID_REQUEST) -> NDIS_STATUS;
    send: call_MINIPORT_SEND_NET_BUFFER_LISTS(
        adapter: NDIS_HANDLE, lists: PNET_BUFFER_LIST, port: NDIS_PORT_NUMBER, flags: ULONG
    );
    shutdown: call_MINIPORT_SHUTDOWN(adapter: NDIS_HANDLE, action: NDIS_SHUTDOWN_ACTION);
    attach: call_FILTER_ATTACH(
        module: NDIS_HANDLE, driver: NDIS_HANDLE, parameters: PNDIS_FILTER_ATTACH_PARAMETERS
    ) -> NDIS_STATUS;
    detach: call_FILTER_DETACH(module: NDIS_HANDLE);
    pause: call_FILTER_PAUSE(module: NDIS_HANDLE, parameters: PNDIS_FILTER_PAUSE_PARAMETERS) -> NDIS_STATUS;
    uninstall: call_PROTOCOL_UNINSTALL();
    allocate_counter: call_NDIS_PD_ALLOCATE_COUNTER(
        provider: NDIS_PD_PROVIDER_HANDLE,
        parameters: *const NDIS_PD_COUNTER_PARAMETERS,
        made: *mut NDIS_PD_COUNTER_HANDLE
    ) -> NTSTATUS;
    free_counter: call_NDIS_PD_FREE_COUNTER(counter: NDIS_PD_COUNTER_HANDLE);
}
