//! Shared memory: a consumer's request, the provider's answer, and all that can be wrong with either.
//!
//! A provider does not get the consumer's parameters and list but copies of them, each with guard zones around it: so
//! every byte that it writes can be told from one it may write. A right answer is copied to the consumer.

use std::mem::{self, offset_of};
use std::ops::RangeInclusive;
use std::ptr;
use std::sync::Arc;

use ndis::irql::Irql;
use ndis::sys::*;
use ndis::{NdisStatus, SharedMemory};

use crate::faults::{AllocateFaults, Argument, HeaderFault};
use crate::handles::{self, Handle, Kind};
use crate::machine::{Inner, State};
use crate::memory::Guarded;
use crate::pages::{PAGE_SIZE, Pages};
use crate::provider::{self, ALLOCATE, Call, Carried};
use crate::ranges::{Ranges, range};
use crate::report::Rule;

/// A block that a consumer has.
pub(crate) struct Allocation {
    /// None for memory of the HAL.
    pub(crate) provider: Option<usize>,
    /// The adapter it was allocated for; none for an early call of a provider.
    pub(crate) consumer: Option<Handle>,
    /// The provider's handle.
    block: Carried,
    pub(crate) length: u32,
    pub(crate) place: Place,
    /// Its consumer or its provider is gone, which was reported.
    pub(crate) lost: bool,
    /// The memory of the HAL.
    _memory: Option<Pages>,
}

/// Where a provider's block is.
#[derive(Default)]
pub(crate) struct Place {
    processor: Vec<RangeInclusive<u64>>,
    device: Vec<RangeInclusive<u64>>,
}

impl Place {
    /// Takes the place that the provider says; or says what is wrong with it.
    fn take(state: &mut State, answer: &Answer, length: u32) -> Result<Place, (Rule, String)> {
        let in_use = |what, range: RangeInclusive<u64>| {
            let text = format!(
                "{what} {:#x} to {:#x} are those of a block in use, or given twice",
                range.start(),
                range.end()
            );
            (Rule::MemoryInUse, text)
        };
        let elements = answer.elements.iter();
        let place = Place {
            processor: range(answer.virtual_address.addr() as u64, length).into_iter().collect(),
            device: elements.filter_map(|run| range(run.Address.QuadPart.cast_unsigned(), run.Length)).collect(),
        };
        state.virtual_memory.take(&place.processor).map_err(|range| in_use("the addresses", range))?;
        if let Err(range) = state.physical_memory.take(&place.device) {
            state.virtual_memory.give_back(&place.processor);
            return Err(in_use("the device's addresses", range));
        }
        Ok(place)
    }

    /// The block is gone.
    pub(crate) fn give_back(self, virtual_memory: &mut Ranges, physical_memory: &mut Ranges) {
        virtual_memory.give_back(&self.processor);
        physical_memory.give_back(&self.device);
    }
}

/// Allocates shared memory for a miniport adapter that has scatter/gather DMA, from the newest provider of the machine
/// or, if there is none, from the HAL.
///
/// The answer reaches the consumer only if it is right: after one that could not be used (no handle, a wrong list, …)
/// the provider gets its block back, and the consumer gets `NDIS_STATUS_FAILURE`. Any other status that the provider
/// returns is handed on.
///
/// NDIS documents more kinds of `NdisHandle`: those of drivers and bindings. The simulation takes only an adapter's.
///
/// # Safety
///
/// The pointers are NULL or point to what their types say; the parameters are as long as their header says, and the list
/// buffer as long as they say.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisAllocateSharedMemory(
    NdisHandle: NDIS_HANDLE,
    SharedMemoryParameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    pAllocationHandle: PNDIS_HANDLE,
) -> NDIS_STATUS {
    const FUNCTION: &str = "NdisAllocateSharedMemory";
    if !pAllocationHandle.is_null() && pAllocationHandle.is_aligned() {
        // SAFETY: the caller's contract.
        unsafe { pAllocationHandle.write(ptr::null_mut()) };
    }
    let Some((machine, adapter)) = handles::find(FUNCTION, "NdisHandle", NdisHandle, &[Kind::Adapter]) else {
        return NDIS_STATUS_INVALID_PARAMETER;
    };
    if !machine.pointer(FUNCTION, "pAllocationHandle", pAllocationHandle) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    let level = Irql::current();
    if level != Irql::PASSIVE {
        machine.breach(Rule::AllocatedAtRaisedIrql, FUNCTION, format!("called at {level}"));
        return NDIS_STATUS_FAILURE;
    }
    if machine.state().adapters.get(&adapter).is_none_or(|adapter| adapter.dma.is_none()) {
        let text = "the adapter has not registered scatter/gather DMA".to_owned();
        machine.breach(Rule::NoScatterGatherDma, FUNCTION, text);
        return NDIS_STATUS_FAILURE;
    }
    // SAFETY: the caller's contract.
    let Some(request) = (unsafe { Request::read(&machine, FUNCTION, SharedMemoryParameters) }) else {
        return NDIS_STATUS_INVALID_PARAMETER;
    };
    let result = loop {
        let Some(provider) = provider::choose(&machine) else { break from_hal(&machine, Some(adapter), &request) };
        if let Some(call) = Call::begin(&machine, provider) {
            break from_provider(&machine, &call, provider, Some(adapter), &request);
        }
    };
    match result {
        Ok((handle, answer)) => {
            // SAFETY: the caller's contract; the request was read from these parameters.
            unsafe {
                answer.write_to(SharedMemoryParameters, &request);
                pAllocationHandle.write(handle.as_raw());
            }
            NDIS_STATUS_SUCCESS
        }
        Err(status) => {
            *machine.state().report.counts.failures.entry(status.as_raw()).or_default() += 1;
            status.as_raw()
        }
    }
}

/// Frees a block: its provider gets it back. A handle that is not a live block's never reaches a provider; one mistake
/// that leaves no doubt about the block (a raised level, another adapter's handle) is reported, and the block is freed.
///
/// # Safety
///
/// None: the handles are only compared.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn NdisFreeSharedMemory(NdisHandle: NDIS_HANDLE, AllocationHandle: NDIS_HANDLE) {
    const FUNCTION: &str = "NdisFreeSharedMemory";
    let Some((machine, handle)) = handles::find(FUNCTION, "AllocationHandle", AllocationHandle, &[Kind::Allocation])
    else {
        return;
    };
    machine.at_most(FUNCTION, Irql::PASSIVE);
    let consumer = machine.state().allocations.get(&handle).and_then(|block| block.consumer);
    if let Some(consumer) = consumer.filter(|consumer| consumer.as_raw() != NdisHandle) {
        let right = consumer.as_raw();
        let text = format!("NdisHandle is {NdisHandle:?}, and the block was allocated with {right:?}");
        machine.breach(Rule::WrongNdisHandle, FUNCTION, text);
    }
    ndis::irql::simulate(Irql::PASSIVE, || free(&machine, handle));
}

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

fn free(machine: &Arc<Inner>, handle: Handle) {
    handle.end();
    let block = {
        let mut state = machine.state();
        // Another thread may have been faster.
        let Some(mut block) = state.allocations.remove(&handle) else { return };
        if let Some(provider) = block.provider {
            state.providers[provider].blocks.remove(&block.block.0.addr());
        }
        let State { virtual_memory, physical_memory, .. } = &mut *state;
        mem::take(&mut block.place).give_back(virtual_memory, physical_memory);
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

/// Gives a block to a consumer.
fn hand_out(machine: &Arc<Inner>, allocation: Allocation) -> Handle {
    let handle = Handle::issue(Kind::Allocation, machine);
    let mut state = machine.state();
    let counts = &mut state.report.counts;
    counts.allocations += 1;
    counts.live_blocks += 1;
    counts.live_bytes += u64::from(allocation.length);
    counts.peak_bytes = counts.peak_bytes.max(counts.live_bytes);
    state.allocations.insert(handle, allocation);
    handle
}

/// What a consumer asks for.
struct Request {
    /// As the consumer passed them, with NULL for the answers.
    fields: NDIS_SHARED_MEMORY_PARAMETERS,
    /// What newer revisions than the type knows have behind it.
    tail: Vec<u8>,
}

/// Where the fields that the type knows end.
const KNOWN: usize = NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2 as usize;
const WHOLE: usize = size_of::<NDIS_SHARED_MEMORY_PARAMETERS>();

impl Request {
    /// Reads and checks a consumer's parameters.
    ///
    /// # Safety
    ///
    /// As [`NdisAllocateSharedMemory`] says.
    unsafe fn read(
        machine: &Inner,
        function: &'static str,
        parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    ) -> Option<Request> {
        const SIZES: [u16; 2] =
            [NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2];
        let name = "SharedMemoryParameters";
        // SAFETY: the caller's contract.
        let header = unsafe { machine.header(function, name, parameters, NDIS_OBJECT_TYPE_DEFAULT, &SIZES) }?;
        let size = usize::from(header.Size);
        // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
        let mut fields: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { mem::zeroed() };
        let mut tail = vec![0; size.saturating_sub(WHOLE)];
        // SAFETY: the parameters have `size` bytes; the targets have the lengths that are copied.
        unsafe {
            ptr::copy_nonoverlapping(parameters.cast::<u8>(), (&raw mut fields).cast(), size.min(KNOWN));
            if !tail.is_empty() {
                ptr::copy_nonoverlapping(parameters.cast::<u8>().add(WHOLE), tail.as_mut_ptr(), tail.len());
            }
        }
        fields.SharedMemoryHandle = ptr::null_mut();
        fields.VirtualAddress = ptr::null_mut();
        let request = Request { fields, tail };
        let list = request.fields.SGListBuffer;
        if request.capacity() > 0 && !machine.pointer(function, "SharedMemoryParameters->SGListBuffer", list) {
            return None;
        }
        Some(request)
    }

    /// A request of revision 1, with a list of this memory.
    fn of_one_page(list: &mut [u64]) -> Request {
        // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
        let mut fields: NDIS_SHARED_MEMORY_PARAMETERS = unsafe { mem::zeroed() };
        fields.Header = NDIS_OBJECT_HEADER {
            Type: NDIS_OBJECT_TYPE_DEFAULT,
            Revision: NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1,
            Size: NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1,
        };
        fields.PreferredNode = MM_ANY_NODE_OK;
        fields.Usage = NdisSharedMemoryUsageOther;
        fields.Length = PAGE_SIZE as u32;
        fields.SGListBufferLength = size_of_val(list) as u32;
        fields.SGListBuffer = list.as_mut_ptr().cast();
        Request { fields, tail: Vec::new() }
    }

    fn size(&self) -> usize {
        self.fields.Header.Size.into()
    }

    fn has_vport(&self) -> bool {
        self.size() >= KNOWN
    }

    fn is_contiguous(&self) -> bool {
        self.fields.Flags & NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS != 0
    }

    /// How many elements the list has room for.
    fn capacity(&self) -> usize {
        let bytes = self.fields.SGListBufferLength as usize;
        bytes.saturating_sub(offset_of!(SCATTER_GATHER_LIST, Elements)) / size_of::<SCATTER_GATHER_ELEMENT>()
    }
}

/// What a consumer gets.
struct Answer {
    shared_memory_handle: NDIS_HANDLE,
    virtual_address: PVOID,
    elements: Vec<SCATTER_GATHER_ELEMENT>,
}

impl Answer {
    /// # Safety
    ///
    /// The parameters are those of the request that is answered.
    unsafe fn write_to(&self, parameters: PNDIS_SHARED_MEMORY_PARAMETERS, request: &Request) {
        // SAFETY: the fields are in the first revision; the list has room for the elements, which was checked.
        unsafe {
            (&raw mut (*parameters).SharedMemoryHandle).write(self.shared_memory_handle);
            (&raw mut (*parameters).VirtualAddress).write(self.virtual_address);
            let list = (&raw const (*parameters).SGListBuffer).read();
            if request.capacity() > 0 {
                (&raw mut (*list).NumberOfElements).write(self.elements.len() as u32);
                let elements = (&raw mut (*list).Elements).cast::<SCATTER_GATHER_ELEMENT>();
                elements.copy_from_nonoverlapping(self.elements.as_ptr(), self.elements.len());
            }
        }
    }
}

/// What NDIS does without a provider, as far as can be guessed.
fn from_hal(machine: &Arc<Inner>, consumer: Option<Handle>, request: &Request) -> Result<(Handle, Answer), NdisStatus> {
    let length = request.fields.Length;
    if request.capacity() == 0 {
        return Err(NdisStatus::INVALID_PARAMETER);
    }
    let pages = Pages::of_host(length as usize).ok_or(NdisStatus::RESOURCES)?;
    let address = pages.physical_runs().next().map_or(0, |run| run.address.cast_signed());
    let answer = Answer {
        shared_memory_handle: NDIS_SHARED_MEM_HANDLE_HAL_ALLOCATED,
        virtual_address: pages.virtual_address().as_ptr().cast(),
        elements: vec![SCATTER_GATHER_ELEMENT {
            Address: PHYSICAL_ADDRESS { QuadPart: address },
            Length: length,
            Reserved: 0,
        }],
    };
    let (block, place) = (Carried(ptr::null_mut()), Place::default());
    let allocation = Allocation { provider: None, consumer, block, length, place, lost: false, _memory: Some(pages) };
    Ok((hand_out(machine, allocation), answer))
}

/// Asks a provider, and checks all that it did.
fn from_provider(
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
        machine.state().providers[provider].outstanding += 1;
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
        let place = Place::take(&mut machine.state(), &answer, length);
        match place {
            Ok(place) => {
                let provider = Some(provider);
                let allocation = Allocation { provider, consumer, block, length, place, lost: false, _memory: None };
                return Ok((hand_out(machine, allocation), answer));
            }
            Err((rule, text)) => machine.breach(rule, ALLOCATE, text),
        }
    }
    if has_handle {
        machine.state().providers[provider].blocks.remove(&block.addr());
        call.free(Carried(block));
    }
    Err(NdisStatus::FAILURE)
}

/// What is wrong with the status and the block's handle. A handle that is right is noted as in use.
fn check_handle(machine: &Inner, provider: usize, status: NdisStatus, block: NDIS_HANDLE) -> Option<(Rule, String)> {
    let written = block != not_written();
    if !provider::may_return(status) {
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
    let is_new = machine.state().providers[provider].blocks.insert(block.addr());
    (!is_new).then(|| (Rule::BlockHandleReused, format!("the handle {block:?} is that of a block in use")))
}

/// What the place of the block's handle holds before the call: no handle that a provider has.
fn not_written() -> NDIS_HANDLE {
    ptr::without_provenance_mut(usize::from_ne_bytes([Guarded::PATTERN; size_of::<usize>()]))
}

/// The copies that a provider gets.
struct Copied {
    parameters: Guarded,
    /// What the fields were.
    before: NDIS_SHARED_MEMORY_PARAMETERS,
    list: Option<Guarded>,
}

impl Copied {
    fn new(request: &Request, faults: AllocateFaults) -> Copied {
        let mut before = request.fields;
        let bytes = before.SGListBufferLength as usize;
        let list = (bytes > 0 && !before.SGListBuffer.is_null()).then(|| Guarded::new(bytes));
        if let Some(list) = &list {
            before.SGListBuffer = list.start().as_ptr().cast();
            if bytes >= size_of::<u32>() {
                // As consumers preset it.
                // SAFETY: the list has so many bytes, and is aligned as the zones are.
                unsafe { list.start().cast::<u32>().write(request.capacity() as u32) };
            }
        }
        before.SGListBuffer = faults.pointer(Argument::ScatterGatherList, before.SGListBuffer);
        match faults.header {
            Some(HeaderFault::Type(value)) => before.Header.Type = value,
            Some(HeaderFault::Size(value)) => before.Header.Size = value,
            Some(HeaderFault::Revision(value)) => before.Header.Revision = value,
            None => {}
        }
        // The padding behind the last known field is the consumer's, too.
        let length = if request.has_vport() { WHOLE + request.tail.len() } else { request.size() };
        let parameters = Guarded::new(length);
        let start = parameters.start().as_ptr();
        // SAFETY: the copy has room for the fields that the request has, and for the tail if there is one.
        unsafe {
            ptr::copy_nonoverlapping((&raw const before).cast(), start, request.size().min(KNOWN));
            if !request.tail.is_empty() {
                ptr::copy_nonoverlapping(request.tail.as_ptr(), start.add(WHOLE), request.tail.len());
            }
        }
        Copied { parameters, before, list }
    }

    fn parameters(&self) -> PNDIS_SHARED_MEMORY_PARAMETERS {
        self.parameters.start().as_ptr().cast()
    }

    /// What is wrong with what the provider wrote.
    fn check(&self, request: &Request, status: NdisStatus, found: &mut Vec<(Rule, String)>) {
        let success = status.is_success();
        if let Some(at) = self.parameters.overrun() {
            let text = format!("wrote at byte {at} of parameters of {} bytes", request.size());
            found.push((Rule::ParametersOverrun, text));
        }
        if let Some(field) = self.changed_input(request) {
            let rule = if success { Rule::InputChanged } else { Rule::ParametersWrittenOnFailure };
            found.push((rule, format!("returned {status} and changed {field}")));
        }
        let (shared_memory_handle, virtual_address) = self.answers();
        for (field, value, rule) in [
            ("SharedMemoryHandle", shared_memory_handle, Rule::NullSharedMemoryHandle),
            ("VirtualAddress", virtual_address, Rule::NullVirtualAddress),
        ] {
            if success && value.is_null() {
                found.push((rule, format!("succeeded with NULL for {field}")));
            } else if !success && !value.is_null() {
                found.push((Rule::ParametersWrittenOnFailure, format!("returned {status} and wrote {field}")));
            }
        }
        let Some(list) = &self.list else { return };
        if let Some(at) = list.overrun() {
            let bytes = request.fields.SGListBufferLength;
            found.push((Rule::ListOverrun, format!("wrote at byte {at} of a list of {bytes} bytes")));
        } else if success {
            found.extend(self.check_list(request));
        } else if let Some(at) = self.changed_list(request) {
            found.push((Rule::ListWrittenOnFailure, format!("returned {status} and wrote at byte {at} of the list")));
        }
    }

    /// What is wrong with the list of a provider that succeeded.
    fn check_list(&self, request: &Request) -> Option<(Rule, String)> {
        let (count, capacity, length) = (self.count(request), request.capacity(), request.fields.Length);
        if capacity == 0 {
            return None;
        }
        if count > capacity {
            return Some((Rule::TooManyElements, format!("the list has {count} elements, and room for {capacity}")));
        }
        if request.is_contiguous() && count != 1 {
            return Some((Rule::NotContiguous, format!("the list of a contiguous block has {count} elements")));
        }
        let sum: u64 = self.elements(request).iter().map(|element| u64::from(element.Length)).sum();
        let text = || format!("the list has {sum} bytes, {length} were asked for");
        (sum < length.into()).then(|| (Rule::ListTooShort, text()))
    }

    /// Where the list of a provider that failed was written to first.
    fn changed_list(&self, request: &Request) -> Option<usize> {
        let preset = (request.capacity() as u32).to_ne_bytes();
        let bytes = request.fields.SGListBufferLength as usize;
        let before = |at| if bytes >= preset.len() && at < preset.len() { preset[at] } else { Guarded::PATTERN };
        self.list.as_ref().and_then(|list| (0..bytes).find(|at| list.byte(*at) != before(*at)))
    }

    /// The name of a field that only NDIS writes and that was changed.
    fn changed_input(&self, request: &Request) -> Option<&'static str> {
        let after = self.parameters();
        macro_rules! compare {
            ($($($field:ident).+),*) => {
                $(
                    // SAFETY: the copy has this field and has been initialized, the provider has returned.
                    if unsafe { (&raw const (*after).$($field).+).read() } != self.before.$($field).+ {
                        return Some(stringify!($($field).+));
                    }
                )*
            };
        }
        compare!(Header.Type, Header.Revision, Header.Size, Flags, QueueId, PreferredNode, Usage, Length);
        compare!(SGListBufferLength, SGListBuffer);
        if request.has_vport() {
            compare!(VPortId);
        }
        let changed = request.tail.iter().enumerate().any(|(at, byte)| self.parameters.byte(WHOLE + at) != *byte);
        changed.then_some("a field of a newer revision")
    }

    /// `SharedMemoryHandle` and `VirtualAddress`.
    fn answers(&self) -> (NDIS_HANDLE, PVOID) {
        let after = self.parameters();
        // SAFETY: the copy has these fields and has been initialized, the provider has returned.
        unsafe { ((&raw const (*after).SharedMemoryHandle).read(), (&raw const (*after).VirtualAddress).read()) }
    }

    /// `NumberOfElements`; none if the list is too short to have any.
    fn count(&self, request: &Request) -> usize {
        let list = self.list.as_ref().filter(|_| request.capacity() > 0);
        // SAFETY: the list has room for its header; see `answers`.
        list.map_or(0, |list| unsafe { list.start().cast::<u32>().read() } as usize)
    }

    /// The elements, of which there are no more than the list has room for.
    fn elements(&self, request: &Request) -> Vec<SCATTER_GATHER_ELEMENT> {
        let Some(list) = &self.list else { return Vec::new() };
        let first = list.start().as_ptr().wrapping_add(offset_of!(SCATTER_GATHER_LIST, Elements));
        let first = first.cast::<SCATTER_GATHER_ELEMENT>();
        // SAFETY: so many elements are inside the list; see `answers`.
        (0..self.count(request)).map(|at| unsafe { first.add(at).read() }).collect()
    }

    /// The answer of a provider that succeeded, with a list that was checked.
    fn answer(&self, request: &Request) -> Answer {
        let (shared_memory_handle, virtual_address) = self.answers();
        Answer { shared_memory_handle, virtual_address, elements: self.elements(request) }
    }
}
