//! Memory of the HAL, for machines without a provider.

use std::sync::Arc;

use ndis::sys::*;
use ndis::{NdisStatus, SharedMemory};

use crate::known::allocations::Allocation;
use crate::known::handle::Handle;
use crate::machine::inner::Inner;
use crate::memory::frames::{Frames, PAGE_SIZE};
use crate::shared_memory::blocks::hand_out;
use crate::shared_memory::request::{Answer, Request};

/// What NDIS does without a provider, as far as can be guessed.
pub(crate) fn from_hal(
    machine: &Arc<Inner>,
    consumer: Option<Handle>,
    request: &Request,
) -> Result<(Handle, Answer), NdisStatus> {
    let length = request.fields.Length;
    if request.capacity() == 0 {
        return Err(NdisStatus::INVALID_PARAMETER);
    }
    let frames = (length as usize).max(1).checked_next_multiple_of(PAGE_SIZE);
    let frames = frames.and_then(|bytes| Frames::allocate(bytes, true)).ok_or(NdisStatus::RESOURCES)?;
    let address = frames.physical_runs().next().map_or(0, |run| run.address.cast_signed());
    let answer = Answer {
        shared_memory_handle: NDIS_SHARED_MEM_HANDLE_HAL_ALLOCATED,
        virtual_address: frames.virtual_address().as_ptr().cast(),
        elements: vec![SCATTER_GATHER_ELEMENT {
            Address: PHYSICAL_ADDRESS { QuadPart: address },
            Length: length,
            Reserved: 0,
        }],
    };
    Ok((hand_out(machine, Allocation::of_hal(consumer, length, frames)), answer))
}
