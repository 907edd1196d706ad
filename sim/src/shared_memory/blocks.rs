//! A block's way to its consumer and back.

use std::sync::Arc;

use crate::known::allocations::Allocation;
use crate::known::handle::{Handle, Kind};
use crate::machine::inner::Inner;
use crate::shared_memory::call::Call;

/// Gives a block to a consumer.
pub(crate) fn hand_out(machine: &Arc<Inner>, allocation: Allocation) -> Handle {
    let handle = machine.issue(Kind::Allocation);
    let mut state = machine.state();
    let counts = &mut state.report.counts;
    counts.allocations += 1;
    counts.live_blocks += 1;
    counts.live_bytes += u64::from(allocation.length);
    counts.peak_bytes = counts.peak_bytes.max(counts.live_bytes);
    state.allocations.add(handle, allocation);
    handle
}

/// Takes a block back from its consumer: its provider gets it.
pub(crate) fn free(machine: &Arc<Inner>, handle: Handle) {
    machine.end(handle);
    let block = {
        let mut state = machine.state();
        // Another thread may have been faster.
        let Some(block) = state.allocations.remove(handle) else { return };
        if let Some(provider) = block.provider {
            state.providers.at(provider).blocks.remove(&block.block.0.addr());
        }
        let counts = &mut state.report.counts;
        counts.frees += 1;
        counts.live_blocks -= 1;
        counts.live_bytes -= u64::from(block.length);
        block
    };
    if let Some(call) = block.provider.and_then(|provider| Call::begin(machine, provider)) {
        call.free(block.block);
    }
}
