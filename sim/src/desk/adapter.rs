//! Miniport adapters, as a test holds them.

use std::ptr;
use std::sync::Arc;

use ndis::NdisStatus;
use ndis::sys::*;

use crate::desk::machine::Machine;
use crate::functions::dma::NdisMRegisterScatterGatherDma;
use crate::known::adapters::AdapterState;
use crate::known::handle::{Handle, Kind};
use crate::machine::inner::Inner;
use crate::report::Rule;

/// A miniport adapter. Its handle is what `MiniportInitializeEx` would get; a driver in C or Rust may use it with the
/// NDIS functions, and [`allocate`](Adapter::allocate) is a consumer of shared memory in safe Rust.
///
/// [`halt`](Adapter::halt) ends it; dropping it does the same.
#[derive(Debug)]
pub struct Adapter {
    machine: Arc<Inner>,
    handle: Handle,
}

impl Machine {
    /// Starts an adapter.
    pub fn adapter(&self) -> Adapter {
        let machine = Arc::clone(self.inner());
        let handle = machine.issue(Kind::Adapter);
        machine.state().adapters.add(handle);
        Adapter { machine, handle }
    }
}

impl Adapter {
    /// `NdisMiniportHandle`.
    pub fn handle(&self) -> NDIS_HANDLE {
        self.handle.as_raw()
    }

    pub(crate) fn parts(&self) -> (&Arc<Inner>, Handle) {
        (&self.machine, self.handle)
    }

    pub(crate) fn with<R>(&self, body: impl FnOnce(&mut AdapterState) -> R) -> R {
        let mut state = self.machine.state();
        body(state.adapters.get(self.handle).expect("an adapter lives as long as its value"))
    }

    /// Registers scatter/gather DMA, as a driver does in `MiniportInitializeEx`. It lasts until the adapter halts.
    pub fn register_dma(&self) -> Result<(), NdisStatus> {
        unsafe extern "system" fn process(_: PDEVICE_OBJECT, _: PVOID, _: PSCATTER_GATHER_LIST, _: PVOID) {}
        let mut description = NDIS_SG_DMA_DESCRIPTION {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION,
                Revision: NDIS_SG_DMA_DESCRIPTION_REVISION_1,
                Size: NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1,
            },
            Flags: NDIS_SG_DMA_64_BIT_ADDRESS,
            MaximumPhysicalMapping: 1514,
            ProcessSGListHandler: Some(process),
            SharedMemAllocateCompleteHandler: None,
            ScatterGatherListSize: 0,
            PdoOverride: ptr::null_mut(),
        };
        let mut dma = ptr::null_mut();
        // SAFETY: the pointers are to a local description and a local handle, which outlive the call.
        let status = unsafe { NdisMRegisterScatterGatherDma(self.handle(), &raw mut description, &raw mut dma) };
        status_of(status)?;
        self.with(|adapter| adapter.own_dma = true);
        Ok(())
    }

    /// Halts the adapter: whatever it has not given back by now is a breach.
    pub fn halt(self) {}
}

impl Drop for Adapter {
    fn drop(&mut self) {
        const PLACE: &str = "MINIPORT_HALT";
        let mut breaches = Vec::new();
        {
            let mut state = self.machine.state();
            if let Some(lost) = state.allocations.lose_consumer(self.handle) {
                breaches.push((Rule::BlocksOutliveConsumer, format!("the adapter has not freed {lost}")));
            }
            if let Some(adapter) = state.adapters.remove(self.handle) {
                adapter.unfinished(&mut breaches);
                if let Some(dma) = adapter.dma {
                    self.machine.end(dma);
                    if !adapter.own_dma {
                        let text = "the adapter's scatter/gather DMA is still registered".to_owned();
                        breaches.push((Rule::DmaRegistration, text));
                    }
                }
            }
        }
        self.machine.end(self.handle);
        for (rule, text) in breaches {
            self.machine.breach(rule, PLACE, text);
        }
    }
}

/// What a function returned.
pub(crate) fn status_of(status: NDIS_STATUS) -> Result<(), NdisStatus> {
    let status = NdisStatus::from_raw(status);
    if status.is_success() { Ok(()) } else { Err(status) }
}
