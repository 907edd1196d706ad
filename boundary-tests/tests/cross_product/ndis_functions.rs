//! Stand-ins for the NDIS functions that the runtime calls: they note their arguments. Those that settle a call are
//! generated; those that give something are written here.

use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::ptr::null_mut;

use ndis::irql::Irql;
use ndis::sys::*;

use crate::common::memory::Memory;
use crate::table::{Word, number};

/// A call of an NDIS function.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Called {
    pub function: &'static str,
    pub arguments: Vec<Word>,
    /// The lists it got, each with its status.
    pub lists: Vec<(PNET_BUFFER_LIST, i32)>,
    /// Where it was called.
    pub level: u8,
}

thread_local! {
    static CALLS: RefCell<Vec<Called>> = const { RefCell::new(Vec::new()) };
    static CLONES: RefCell<Vec<Memory>> = const { RefCell::new(Vec::new()) };
    static NO_CLONES: Cell<bool> = const { Cell::new(false) };
    static ANSWER: Cell<Option<i32>> = const { Cell::new(None) };
}

/// Runs `body`, in which the functions that give something return this status.
pub fn answering<R>(status: i32, body: impl FnOnce() -> R) -> R {
    ANSWER.set(Some(status));
    let result = body();
    ANSWER.set(None);
    result
}

/// Runs `body`, in which there is no memory for clones.
pub fn without_clones<R>(body: impl FnOnce() -> R) -> R {
    NO_CLONES.set(true);
    let result = body();
    NO_CLONES.set(false);
    result
}

/// What a function that gives something returns.
fn given() -> i32 {
    ANSWER.get().unwrap_or(NDIS_STATUS_SUCCESS)
}

/// The calls of this thread since the last look, in order.
pub fn calls() -> Vec<Called> {
    CALLS.take()
}

/// How many clones of requests there were since the last look that nobody had freed.
pub fn clones() -> usize {
    CLONES.take().len()
}

fn note(function: &'static str, arguments: &[Word], lists: PNET_BUFFER_LIST) {
    let (mut noted, mut list) = (Vec::new(), lists);
    while !list.is_null() {
        // SAFETY: the chain is NDIS's again; the tests' lists are alive.
        let (next, status) = unsafe { ((*list).Next, (*list).Status) };
        noted.push((list, status));
        list = next;
    }
    let called = Called { function, arguments: arguments.to_vec(), lists: noted, level: Irql::current().as_raw() };
    CALLS.with_borrow_mut(|calls| calls.push(called));
}

/// A C argument, as a word.
trait ToWord {
    fn to_word(self) -> Word;
}

impl<T> ToWord for *mut T {
    fn to_word(self) -> Word {
        self.cast()
    }
}

macro_rules! numbers {
    ($($number:ty as $unsigned:ty;)*) => {
        $(
            impl ToWord for $number {
                fn to_word(self) -> Word {
                    number(self as $unsigned as usize)
                }
            }
        )*
    };
}

numbers! {
    i32 as u32;
    u32 as u32;
    u16 as u16;
    u8 as u8;
}

fn to_word(argument: impl ToWord) -> Word {
    argument.to_word()
}

include!(concat!(env!("OUT_DIR"), "/stand_ins.rs"));

/// What the header of a structure says: its type, its revision and its size.
///
/// # Safety
///
/// There is a header.
unsafe fn header<T>(structure: *mut T) -> [Word; 3] {
    // SAFETY: guaranteed by the caller.
    let header = unsafe { structure.cast::<NDIS_OBJECT_HEADER>().read() };
    [to_word(header.Type), to_word(header.Revision), to_word(header.Size)]
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFSetAttributes(
    module: NDIS_HANDLE,
    context: NDIS_HANDLE,
    attributes: PNDIS_FILTER_ATTRIBUTES,
) -> i32 {
    // SAFETY: the runtime passes a complete structure.
    let ([object_type, revision, size], flags) = unsafe { (header(attributes), (*attributes).Flags) };
    note("NdisFSetAttributes", &[module, context, object_type, revision, size, to_word(flags)], null_mut());
    given()
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisMSetMiniportAttributes(
    adapter: NDIS_HANDLE,
    attributes: PNDIS_MINIPORT_ADAPTER_ATTRIBUTES,
) -> i32 {
    let attributes = attributes.cast::<NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES>();
    // SAFETY: the runtime passes this complete structure first.
    let ([object_type, revision, size], attributes) = unsafe { (header(attributes), attributes.read()) };
    let (context, flags) = (attributes.MiniportAdapterContext, attributes.AttributeFlags);
    let arguments = [adapter, context, object_type, revision, size, to_word(flags)];
    note("NdisMSetMiniportAttributes", &arguments, null_mut());
    given()
}

/// The handle of a binding that was opened.
pub const BINDING: usize = 0xB1D;

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisOpenAdapterEx(
    driver: NDIS_HANDLE,
    context: NDIS_HANDLE,
    parameters: PNDIS_OPEN_PARAMETERS,
    bind_context: NDIS_HANDLE,
    binding: PNDIS_HANDLE,
) -> i32 {
    // SAFETY: the runtime passes a complete structure, and where the binding's handle goes.
    let [object_type, revision, size] = unsafe {
        binding.write(std::ptr::without_provenance_mut(BINDING));
        header(parameters)
    };
    let arguments = [driver, context, object_type, revision, size, bind_context];
    note("NdisOpenAdapterEx", &arguments, null_mut());
    given()
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisAllocateCloneOidRequest(
    source: NDIS_HANDLE,
    request: PNDIS_OID_REQUEST,
    tag: u32,
    clone: *mut PNDIS_OID_REQUEST,
) -> i32 {
    note("NdisAllocateCloneOidRequest", &[source, request.cast(), to_word(tag)], null_mut());
    if NO_CLONES.get() {
        return NDIS_STATUS_RESOURCES;
    }
    // SAFETY: the request is as long as its header says.
    let size = unsafe { (*request).Header.Size }.into();
    let memory = Memory::guarded(size);
    // SAFETY: both are that long, and the out parameter is the runtime's.
    unsafe {
        memory.as_ptr::<u8>().copy_from_nonoverlapping(request.cast(), size);
        clone.write(memory.as_ptr());
    }
    CLONES.with_borrow_mut(|clones| clones.push(memory));
    0
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFreeCloneOidRequest(source: NDIS_HANDLE, clone: PNDIS_OID_REQUEST) {
    note("NdisFreeCloneOidRequest", &[source, clone.cast()], null_mut());
    let freed = CLONES.with_borrow_mut(|clones| {
        let place = clones.iter().position(|memory| memory.as_ptr() == clone)?;
        Some(clones.remove(place))
    });
    // A second time there would be none: the note is there twice then, which no test expects.
    if let Some(freed) = freed {
        freed.check_guards();
    }
}

#[unsafe(no_mangle)]
unsafe extern "system" fn NdisFOidRequest(module: NDIS_HANDLE, clone: PNDIS_OID_REQUEST) -> i32 {
    note("NdisFOidRequest", &[module, clone.cast()], null_mut());
    ANSWER.get().unwrap_or(NDIS_STATUS_PENDING)
}
