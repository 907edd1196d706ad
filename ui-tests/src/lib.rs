//! What the drivers in `pass/` need beside the `ndis` crate: memory, since they have no unsafe code of their own, and
//! NDIS's functions, since they are linked.

use std::ptr::NonNull;

use ndis::{PhysicalRun, SharedMemory};

/// Heap memory that a device would see at a made-up place.
#[derive(Debug)]
pub struct Pages(NonNull<[u8]>);

impl Pages {
    /// Memory of this many bytes.
    pub fn new(length: usize) -> Pages {
        Pages(NonNull::from(Box::leak(vec![0; length].into_boxed_slice())))
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: the pointer came from this box, and nobody uses the memory after the pages.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

// SAFETY: the memory belongs to the value.
unsafe impl Send for Pages {}
// SAFETY: a shared value gives out the address only.
unsafe impl Sync for Pages {}

// SAFETY: the memory is mapped and used by nobody else as long as the value lives; no device writes anywhere.
unsafe impl SharedMemory for Pages {
    fn virtual_address(&self) -> NonNull<u8> {
        self.0.cast()
    }

    fn length(&self) -> usize {
        self.0.len()
    }

    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        [PhysicalRun { address: 0x1000, length: self.0.len() as u32 }].into_iter()
    }
}

/// Functions of NDIS that no test calls.
macro_rules! never_called {
    ($($name:ident)*) => {
        $(
            #[unsafe(no_mangle)]
            extern "system" fn $name() -> ! {
                unreachable!()
            }
        )*
    };
}

never_called! {
    NdisSetOptionalHandlers
    NdisRegisterProtocolDriver
    NdisDeregisterProtocolDriver
    NdisOpenAdapterEx
    NdisCompleteBindAdapterEx
    NdisCompleteNetPnPEvent
    NdisMSetMiniportAttributes
    NdisMPauseComplete
    NdisMResetComplete
    NdisMOidRequestComplete
    NdisMSendNetBufferListsComplete
    NdisFSetAttributes
    NdisFPauseComplete
    NdisFIndicateStatus
    NdisFSendNetBufferLists
    NdisFSendNetBufferListsComplete
    NdisFIndicateReceiveNetBufferLists
    NdisFReturnNetBufferLists
    NdisFOidRequest
    NdisFOidRequestComplete
    NdisAllocateCloneOidRequest
    NdisFreeCloneOidRequest
    NdisCmCloseAddressFamilyComplete
}
