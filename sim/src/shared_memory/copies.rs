//! The copies that a provider gets instead of a consumer's parameters and list.
//!
//! Each has guard zones around it, so every byte that the provider writes can be told from one it may write.

use std::mem::offset_of;
use std::ptr;

use ndis::NdisStatus;
use ndis::sys::*;

use crate::known::faults::{AllocateFaults, Argument, HeaderFault};
use crate::memory::guarded::Guarded;
use crate::report::Rule;
use crate::shared_memory::request::{Answer, KNOWN, Request, WHOLE};

/// The copies that a provider gets.
pub(crate) struct Copied {
    parameters: Guarded,
    /// What the fields were.
    before: NDIS_SHARED_MEMORY_PARAMETERS,
    list: Option<Guarded>,
}

impl Copied {
    pub(crate) fn new(request: &Request, faults: AllocateFaults) -> Copied {
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

    pub(crate) fn parameters(&self) -> PNDIS_SHARED_MEMORY_PARAMETERS {
        self.parameters.start().as_ptr().cast()
    }

    /// What is wrong with what the provider wrote.
    pub(crate) fn check(&self, request: &Request, status: NdisStatus, found: &mut Vec<(Rule, String)>) {
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
    pub(crate) fn answer(&self, request: &Request) -> Answer {
        let (shared_memory_handle, virtual_address) = self.answers();
        Answer { shared_memory_handle, virtual_address, elements: self.elements(request) }
    }
}
