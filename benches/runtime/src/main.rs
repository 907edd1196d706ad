//! Calls the measured entries through their C pointers, as often as the first argument says, and has callgrind dump
//! the instructions of each scenario by name.

mod callgrind;
mod memory;
#[cfg(any(variant = "bare", variant = "catch", variant = "safer_ffi"))]
#[path = "plain.rs"]
mod variant;
#[cfg(variant = "hand")]
#[path = "hand.rs"]
mod variant;
#[cfg(variant = "ndis")]
#[path = "attribute.rs"]
mod variant;

use std::hint::black_box;
use std::ptr::null_mut;

use memory::Mode;
use ndis::sys::*;

/// The C pointer's type, without `Option`.
pub type Allocate = unsafe extern "system" fn(NDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, PNDIS_HANDLE) -> NDIS_STATUS;

/// The consumer's side of a request.
struct Consumer {
    parameters: NDIS_SHARED_MEMORY_PARAMETERS,
    handle: NDIS_HANDLE,
}

impl Consumer {
    fn new(length: u32, list: Option<&mut List>) -> Consumer {
        let parameters = NDIS_SHARED_MEMORY_PARAMETERS {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_DEFAULT,
                Revision: NDIS_SHARED_MEMORY_PARAMETERS_REVISION_2,
                Size: NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_2,
            },
            Flags: 0,
            QueueId: 0,
            SharedMemoryHandle: null_mut(),
            PreferredNode: MM_ANY_NODE_OK,
            Usage: NdisSharedMemoryUsageReceive,
            Length: length,
            VirtualAddress: null_mut(),
            SGListBufferLength: if list.is_some() { size_of::<List>() as u32 } else { 0 },
            SGListBuffer: list.map_or(null_mut(), |list| (&raw mut *list).cast()),
            VPortId: 0,
        };
        Consumer { parameters, handle: null_mut() }
    }
}

#[repr(C)]
struct List {
    head: SCATTER_GATHER_LIST,
    element: SCATTER_GATHER_ELEMENT,
}

/// One call from each of three callers in turn, so that none of them knows whom it calls.
macro_rules! callers {
    ($($caller:ident)*) => {
        $(
            #[inline(never)]
            fn $caller(entry: Allocate, context: NDIS_HANDLE, consumer: &mut Consumer) -> NDIS_STATUS {
                // SAFETY: the arguments are what the contract wants, but for those whose refusal is measured.
                unsafe { black_box(entry)(context, &raw mut consumer.parameters, &raw mut consumer.handle) }
            }
        )*
        const CALLERS: &[fn(Allocate, NDIS_HANDLE, &mut Consumer) -> NDIS_STATUS] = &[$($caller),*];
    };
}
callers! { first second third }

/// One scenario: `calls` calls with these contexts, counted and dumped under `name`.
fn scenario(name: &str, contexts: &[NDIS_HANDLE], mut consumer: Consumer, calls: usize, wanted: NDIS_STATUS) {
    let label = format!("{name}\0");
    let run = |contexts: &[NDIS_HANDLE], consumer: &mut Consumer| {
        for (call, &context) in contexts.iter().enumerate() {
            let entry = variant::ENTRIES[call % variant::ENTRIES.len()];
            let status = CALLERS[call % CALLERS.len()](entry, context, consumer);
            if black_box(status) != wanted {
                panic!("status {status:#x}, not {wanted:#x}");
            }
        }
    };
    let (warm, counted) = contexts.split_at(contexts.len() - calls);
    run(warm, &mut consumer);
    callgrind::zero();
    run(counted, &mut consumer);
    callgrind::dump(&label);
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    ndis::breach::set_hook(|_| {});
    let calls: usize = std::env::args().nth(1).map_or(24, |calls| calls.parse().unwrap());
    let all = calls + 24;
    let contexts = |mode: Mode| -> Vec<NDIS_HANDLE> { (0..all).map(|_| variant::context(mode)).collect() };
    let list = || -> &mut List {
        // SAFETY: all its fields may be zero.
        Box::leak(Box::new(unsafe { std::mem::zeroed() }))
    };

    scenario("ok", &contexts(Mode::Ok), Consumer::new(0, None), calls, NDIS_STATUS_SUCCESS);
    scenario("ok, list", &contexts(Mode::Ok), Consumer::new(4096, Some(list())), calls, NDIS_STATUS_SUCCESS);
    scenario("error", &contexts(Mode::Error), Consumer::new(0, None), calls, NDIS_STATUS_RESOURCES);
    if cfg!(variant = "bare") {
        return;
    }
    if cfg!(all(feature = "std", not(variant = "safer_ffi"), not(without = "catch"))) {
        scenario("panic", &contexts(Mode::Panic), Consumer::new(0, None), calls, NDIS_STATUS_FAILURE);
    }
    if cfg!(without = "null") {
        return;
    }
    let null = vec![null_mut(); all];
    scenario("refused", &null, Consumer::new(0, None), calls, NDIS_STATUS_INVALID_PARAMETER);
}
