//! A driver that lends memory to network adapters.
#![no_std]
#![forbid(unsafe_code)]

use ndis::prelude::*;
use ndis::{Driver, ProtocolDriver, RegisteredProtocol, SharedMemoryProvider};

#[cfg(not(test))]
type Memory = ndis::kernel::ContiguousMemory;
#[cfg(test)]
type Memory = ndis_sim::Pages;

/// The context of the driver, and of the provider that it registers.
#[derive(Debug)]
struct Lender;

impl Lender {
    #[cfg(not(test))]
    fn lend(&self, request: &SharedMemoryRequest<'_>) -> Option<Memory> {
        Memory::allocate(request.length(), request.preferred_node())
    }

    #[cfg(test)]
    fn lend(&self, request: &SharedMemoryRequest<'_>) -> Option<Memory> {
        Memory::allocate(request.length() as usize, true)
    }
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(lender: &Lender, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Memory>, AllocError> {
    let block = Handle::new(lender.lend(&request).ok_or(AllocError::Resources)?)?;
    request.fill(&block, |memory| memory)?; // reaches NDIS only if this function returns Ok
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_lender: &Lender, block: Handle<Memory>) {
    drop(block); // frees the memory
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_lender: &Lender, driver: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    let provider = SharedMemoryProvider::new(Context::new(Lender)?).allocate::<allocate>().free::<free>();
    driver.register_shared_memory_provider(provider)
}

/// The loaded driver. An image of it adds a heap and `ndis::driver_entry!(FirstDriver);`
#[derive(Debug)]
pub struct FirstDriver(RegisteredProtocol<Lender>);

impl Driver for FirstDriver {
    fn load() -> Result<FirstDriver, NdisStatus> {
        let driver = ProtocolDriver::new(Context::new(Lender)?).set_options::<set_options>();
        driver.register("FirstDriver").map(FirstDriver)
    }

    fn unload(self) {
        self.0.deregister();
    }
}

#[cfg(test)]
mod tests {
    use ndis_sim::{Ask, Machine};

    use super::*;

    #[test]
    fn an_adapter_gets_memory_and_frees_it() -> Result<(), NdisStatus> {
        let machine = Machine::new();
        machine.run(|| {
            let driver = FirstDriver::load()?;
            let adapter = machine.adapter();
            adapter.register_dma()?;
            let block = adapter.allocate(Ask::new(10_000))?;
            adapter.free(&block);
            adapter.halt();
            driver.unload();
            Ok::<(), NdisStatus>(())
        })?;
        machine.finish().assert_clean(); // no broken contract, and nothing leaked
        Ok(())
    }
}
