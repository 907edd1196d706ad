//! What every variant's function does and hands out.

use std::ptr::NonNull;

/// What the function will do.
#[derive(Clone, Copy)]
pub enum Mode {
    Ok,
    Error,
    #[allow(dead_code, reason = "not where a panic would end the process")]
    Panic,
}

/// The memory of a block: one page.
pub struct Page(pub NonNull<u8>);

// SAFETY: the page is leaked and nobody touches it.
unsafe impl Send for Page {}
// SAFETY: as above.
unsafe impl Sync for Page {}

impl Page {
    pub fn new() -> Page {
        Page(NonNull::from(Box::leak(Box::new([0_u8; 4096]))).cast())
    }
}

// SAFETY: the page is leaked; its physical address is made up, and no device writes there.
unsafe impl ndis::SharedMemory for Page {
    fn virtual_address(&self) -> NonNull<u8> {
        self.0
    }

    fn length(&self) -> usize {
        4096
    }

    fn physical_runs(&self) -> impl Iterator<Item = ndis::PhysicalRun> {
        std::iter::once(ndis::PhysicalRun { address: 0x1000, length: 4096 })
    }
}

/// Panics without the panic hook, whose work is not the entry's.
pub fn panics() -> ! {
    std::panic::resume_unwind(Box::new(()))
}
