//! A provider is asked for a block, and all that it did is checked.

use std::ptr;
use std::sync::Arc;

use ndis::NdisStatus;
use ndis::sys::*;

use crate::known::allocations::Allocation;
use crate::known::carried::Carried;
use crate::known::faults::Argument;
use crate::known::handle::Handle;
use crate::machine::inner::Inner;
use crate::memory::guarded::Guarded;
use crate::report::Rule;
use crate::shared_memory::blocks::{free, hand_out};
use crate::shared_memory::call::Call;
use crate::shared_memory::copies::Copied;
use crate::shared_memory::request::{Answer, Request};

const ALLOCATE: &str = "ALLOCATE_SHARED_MEMORY_HANDLER";

/// Calls a provider that is being registered: a block of a page, freed at once.
pub(crate) fn allocate_and_free(machine: &Arc<Inner>, provider: usize) {
    let mut list = [0u64; 16];
    let request = Request::of_one_page(&mut list);
    if let Some(call) = Call::begin(machine, provider)
        && let Ok((handle, _)) = from_provider(machine, &call, provider, None, &request)
    {
        free(machine, handle);
    }
}

/// Asks a provider, and checks all that it did.
pub(crate) fn from_provider(
    machine: &Arc<Inner>,
    call: &Call<'_>,
    provider: usize,
    consumer: Option<Handle>,
    request: &Request,
) -> Result<(Handle, Answer), NdisStatus> {
    let faults = machine.state().faults.take_allocate();
    let copy = Copied::new(request, faults);
    let mut block = not_written();
    let out = faults.pointer(Argument::BlockHandle, &raw mut block);
    let status = {
        let context = faults.pointer(Argument::ProviderContext, call.entries.context.0);
        let parameters = faults.pointer(Argument::Parameters, copy.parameters());
        // SAFETY: by the contract of its registration the handler takes its context and these parameters, which are as
        // long as they say and have a list as long as they say. Where a fault was asked for, the test says that the
        // handler can take it.
        call.make(ALLOCATE, !faults.are_none(), || unsafe { (call.entries.allocate)(context, parameters, out) })
    };
    let status = NdisStatus::from_raw(status);
    let written = block != not_written() && !block.is_null();
    if status.is_success() {
        machine.state().providers.at(provider).outstanding += 1;
    }
    if status.is_success() && faults.must_be_refused() {
        let text = "succeeded with arguments that cannot be answered".to_owned();
        machine.breach(Rule::FaultAccepted, ALLOCATE, text);
        if written {
            call.free(Carried(block));
        }
        return Err(NdisStatus::FAILURE);
    }
    let handle = check_handle(machine, provider, status, block);
    let has_handle = status.is_success() && handle.is_none();
    let mut found: Vec<_> = handle.into_iter().collect();
    copy.check(request, status, &mut found);
    let usable = found.iter().all(|(rule, _)| matches!(rule, Rule::InputChanged | Rule::NullSharedMemoryHandle));
    for (rule, text) in found {
        machine.breach(rule, ALLOCATE, text);
    }
    if !status.is_success() {
        return Err(status);
    }
    if usable {
        let (block, length, answer) = (Carried(block), request.fields.Length, copy.answer(request));
        let place = machine.state().allocations.take_place(answer.virtual_address, length, &answer.elements);
        match place {
            Ok(place) => {
                let allocation = Allocation::of_provider(provider, consumer, block, length, place);
                return Ok((hand_out(machine, allocation), answer));
            }
            Err((rule, text)) => machine.breach(rule, ALLOCATE, text),
        }
    }
    if has_handle {
        machine.state().providers.at(provider).blocks.remove(&block.addr());
        call.free(Carried(block));
    }
    Err(NdisStatus::FAILURE)
}

/// What is wrong with the status and the block's handle. A handle that is right is noted as in use.
fn check_handle(machine: &Inner, provider: usize, status: NdisStatus, block: NDIS_HANDLE) -> Option<(Rule, String)> {
    let written = block != not_written();
    if !may_return(status) {
        return Some((Rule::IllegalStatus, format!("returned {status}")));
    }
    if !status.is_success() {
        let text = || format!("returned {status} and wrote the handle {block:?}");
        return (written && !block.is_null()).then(|| (Rule::HandleWrittenOnFailure, text()));
    }
    if !written {
        return Some((Rule::HandleNotWritten, "succeeded and did not write the block's handle".to_owned()));
    }
    if block.is_null() {
        return Some((Rule::NullBlockHandle, "succeeded with NULL for the block's handle".to_owned()));
    }
    let is_new = machine.state().providers.at(provider).blocks.insert(block.addr());
    (!is_new).then(|| (Rule::BlockHandleReused, format!("the handle {block:?} is that of a block in use")))
}

/// Whether a provider may return this status.
fn may_return(status: NdisStatus) -> bool {
    [NdisStatus::SUCCESS, NdisStatus::RESOURCES, NdisStatus::INVALID_PARAMETER, NdisStatus::FAILURE].contains(&status)
}

/// What the place of the block's handle holds before the call: no handle that a provider has.
fn not_written() -> NDIS_HANDLE {
    ptr::without_provenance_mut(usize::from_ne_bytes([Guarded::PATTERN; size_of::<usize>()]))
}
