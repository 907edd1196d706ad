//! A provider of shared memory written by hand, which does one thing wrong if it is told to, and its driver.

use std::collections::BTreeMap;
use std::mem;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use ndis::irql::{self, Irql};
use ndis::sys::*;
use ndis::{NdisStatus, SharedMemory};
use ndis_sim::{Adapter, Machine, Pages, Report, Rule};

/// What a provider does wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wrong {
    Nothing,
    /// Fails, as it may.
    Fails,
    NoHandle,
    NullHandle,
    SameHandle,
    SameAddress,
    SamePhysicalAddress,
    SameElementTwice,
    HandleOnFailure,
    InputOnFailure,
    SharedMemoryHandleOnFailure,
    VirtualAddressOnFailure,
    ListCountOnFailure,
    ListElementOnFailure,
    Input,
    VPort,
    NewerField,
    PastParameters,
    BeforeParameters,
    PastList,
    BeforeList,
    TooManyElements,
    ShortElements,
    TwoElements,
    EmptyList,
    NoSharedMemoryHandle,
    NoVirtualAddress,
    RaisesIrql,
    RaisesIrqlInFree,
    ReturnsPending,
    ReturnsOther,
    /// Fails, and keeps the block.
    Leaks,
    /// Does not look at its arguments.
    Trusts,
}

/// The provider's context. The driver's is the same.
pub(crate) struct Provider {
    pub(crate) wrong: Wrong,
    /// Blocks that are outside, by the address that is their handle.
    blocks: Mutex<BTreeMap<usize, Arc<Block>>>,
    pub(crate) calls: AtomicUsize,
    /// What to do in the middle of an allocation.
    pub(crate) during: Box<dyn Fn() + Send + Sync>,
    /// What the set options handler returns in the end.
    pub(crate) set_options: NdisStatus,
    /// What registering the provider returned.
    pub(crate) registered: Mutex<Vec<NdisStatus>>,
    /// The driver's handle, as its set options handler saw it.
    pub(crate) driver: AtomicUsize,
}

/// A block: its handle is its address.
struct Block {
    pages: Pages,
}

impl Provider {
    pub(crate) fn new(wrong: Wrong) -> Provider {
        Provider {
            wrong,
            blocks: Mutex::default(),
            calls: AtomicUsize::new(0),
            during: Box::new(|| {}),
            set_options: NdisStatus::SUCCESS,
            registered: Mutex::default(),
            driver: AtomicUsize::new(0),
        }
    }

    pub(crate) fn context(self: &Arc<Self>) -> NDIS_HANDLE {
        Arc::as_ptr(self).cast_mut().cast()
    }

    pub(crate) fn outstanding(&self) -> usize {
        self.blocks.lock().unwrap().len()
    }
}

pub(crate) fn table(provider: &Arc<Provider>) -> NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
    NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
        Header: NDIS_OBJECT_HEADER {
            Type: NDIS_OBJECT_TYPE_SHARED_MEMORY_PROVIDER_CHARACTERISTICS,
            Revision: NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1,
            Size: NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1,
        },
        Flags: 0,
        ProviderContext: provider.context(),
        AllocateSharedMemoryHandler: Some(allocate),
        FreeSharedMemoryHandler: Some(free),
    }
}

/// Registers the provider when its driver is registered.
pub(crate) unsafe extern "system" fn set_options(driver: NDIS_HANDLE, context: NDIS_HANDLE) -> NDIS_STATUS {
    // SAFETY: the context is a provider that its test keeps; an `Arc` of it is made for this call only.
    let provider = mem::ManuallyDrop::new(unsafe { Arc::from_raw(context.cast::<Provider>()) });
    provider.driver.store(driver.addr(), Relaxed);
    let mut table = table(&provider);
    // SAFETY: the table is complete, and its handlers are for its context.
    let status = unsafe { NdisSetOptionalHandlers(driver, (&raw mut table).cast()) };
    provider.registered.lock().unwrap().push(NdisStatus::from_raw(status));
    provider.set_options.as_raw()
}

unsafe extern "system" fn allocate(
    context: NDIS_HANDLE,
    parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    out: PNDIS_HANDLE,
) -> NDIS_STATUS {
    let context = context.cast::<Provider>();
    if context.is_null() || !context.is_aligned() {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    // SAFETY: the context is a provider that its test keeps.
    let provider = unsafe { &*context };
    provider.calls.fetch_add(1, Relaxed);
    let trusts = provider.wrong == Wrong::Trusts;
    if out.is_null() || !out.is_aligned() || parameters.is_null() || !parameters.is_aligned() {
        return if trusts { NDIS_STATUS_SUCCESS } else { NDIS_STATUS_INVALID_PARAMETER };
    }
    (provider.during)();
    // SAFETY: NDIS's parameters are as long as they say, and so is their list; what is written wrong stays in the
    // memory that the simulation has for it.
    unsafe { answer(provider, parameters, out, trusts) }
}

unsafe fn answer(
    provider: &Provider,
    parameters: PNDIS_SHARED_MEMORY_PARAMETERS,
    out: PNDIS_HANDLE,
    trusts: bool,
) -> NDIS_STATUS {
    let wrong = provider.wrong;
    // SAFETY: see `allocate`.
    unsafe {
        let header = (*parameters).Header;
        let list = (&raw const (*parameters).SGListBuffer).read();
        if !trusts
            && (header.Type != NDIS_OBJECT_TYPE_DEFAULT
                || header.Size < NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1
                || list.is_null()
                || !list.is_aligned())
        {
            return NDIS_STATUS_INVALID_PARAMETER;
        }
        let bytes = (*parameters).SGListBufferLength as usize - size_of::<SCATTER_GATHER_LIST>();
        let capacity = bytes / size_of::<SCATTER_GATHER_ELEMENT>();
        let first = (&raw mut (*list).Elements).cast::<SCATTER_GATHER_ELEMENT>();
        let element = |address: u64, length: u32| SCATTER_GATHER_ELEMENT {
            Address: PHYSICAL_ADDRESS { QuadPart: address.cast_signed() },
            Length: length,
            Reserved: 0,
        };
        match wrong {
            Wrong::HandleOnFailure => out.write(ptr::without_provenance_mut(0x1000)),
            Wrong::InputOnFailure => (*parameters).QueueId = 77,
            Wrong::SharedMemoryHandleOnFailure => (*parameters).SharedMemoryHandle = ptr::without_provenance_mut(1),
            Wrong::VirtualAddressOnFailure => (*parameters).VirtualAddress = ptr::without_provenance_mut(1),
            Wrong::ListCountOnFailure => (*list).NumberOfElements = 0,
            Wrong::ListElementOnFailure => first.write(element(0x1000, 4096)),
            _ => {}
        }
        match wrong {
            Wrong::ReturnsPending => return NDIS_STATUS_PENDING,
            Wrong::ReturnsOther => return NDIS_STATUS_NOT_SUPPORTED,
            Wrong::Fails
            | Wrong::HandleOnFailure
            | Wrong::InputOnFailure
            | Wrong::SharedMemoryHandleOnFailure
            | Wrong::VirtualAddressOnFailure
            | Wrong::ListCountOnFailure
            | Wrong::ListElementOnFailure => return NDIS_STATUS_RESOURCES,
            _ => {}
        }

        let length = (*parameters).Length;
        let contiguous = (*parameters).Flags & NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS != 0;
        let split = wrong == Wrong::TwoElements;
        let Some(pages) = Pages::allocate(length.max(1) as usize, contiguous && !split) else {
            return NDIS_STATUS_RESOURCES;
        };
        let mut runs: Vec<_> = pages.physical_runs().collect();
        if runs.len() > capacity && !split {
            return NDIS_STATUS_INVALID_PARAMETER;
        }
        let mut block = Arc::new(Block { pages });
        let mut virtual_address = block.pages.virtual_address().as_ptr().cast();
        let earlier = provider.blocks.lock().unwrap().values().next().cloned();
        match (wrong, earlier) {
            (Wrong::SameHandle, Some(earlier)) => block = earlier,
            (Wrong::SameAddress, Some(earlier)) => virtual_address = earlier.pages.virtual_address().as_ptr().cast(),
            (Wrong::SamePhysicalAddress, Some(earlier)) => runs = earlier.pages.physical_runs().collect(),
            (Wrong::SameElementTwice, _) => runs = vec![runs[0]; runs.len() + 1],
            (Wrong::ShortElements, _) => runs[0].length -= 1,
            _ => {}
        }
        let handle: NDIS_HANDLE = Arc::as_ptr(&block).cast_mut().cast();
        provider.blocks.lock().unwrap().insert(handle.addr(), block);
        if wrong == Wrong::Leaks {
            return NDIS_STATUS_FAILURE;
        }

        runs.truncate(capacity);
        for (at, run) in runs.iter().enumerate() {
            first.add(at).write(element(run.address, run.length));
        }
        (*list).NumberOfElements = runs.len() as u32;
        if wrong != Wrong::NoHandle {
            out.write(if wrong == Wrong::NullHandle { ptr::null_mut() } else { handle });
        }
        if wrong != Wrong::NoSharedMemoryHandle {
            (*parameters).SharedMemoryHandle = handle;
        }
        if wrong != Wrong::NoVirtualAddress {
            (*parameters).VirtualAddress = virtual_address;
        }
        match wrong {
            Wrong::Input => (*parameters).Length += 1,
            Wrong::VPort => (*parameters).VPortId += 1,
            Wrong::NewerField => parameters.add(1).cast::<u8>().write(1),
            Wrong::PastParameters => parameters.cast::<u8>().add(header.Size.into()).write(0),
            Wrong::BeforeParameters => parameters.cast::<u8>().sub(1).write(0),
            Wrong::PastList => first.add(capacity).write(element(0x1000, 4096)),
            Wrong::BeforeList => list.cast::<u8>().sub(1).write(0),
            Wrong::TooManyElements => (*list).NumberOfElements = capacity as u32 + 1,
            Wrong::TwoElements => (*list).NumberOfElements = 2,
            Wrong::EmptyList => (*list).NumberOfElements = 0,
            Wrong::RaisesIrql => drop(irql::set_simulated(Irql::DISPATCH)),
            _ => {}
        }
        NDIS_STATUS_SUCCESS
    }
}

unsafe extern "system" fn free(context: NDIS_HANDLE, block: NDIS_HANDLE) {
    // SAFETY: the context is a provider that its test keeps.
    let provider = unsafe { &*context.cast::<Provider>() };
    let block = provider.blocks.lock().unwrap().remove(&block.addr());
    assert!(block.is_some(), "freed what was never given");
    if provider.wrong == Wrong::RaisesIrqlInFree {
        irql::set_simulated(Irql::DISPATCH);
    }
}

/// A complete table of a protocol driver.
pub(crate) fn protocol(name: &mut [u16]) -> NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
    unsafe extern "system" fn bind(_: NDIS_HANDLE, _: NDIS_HANDLE, _: PNDIS_BIND_PARAMETERS) -> NDIS_STATUS {
        NDIS_STATUS_NOT_SUPPORTED
    }
    unsafe extern "system" fn unbind(_: NDIS_HANDLE, _: NDIS_HANDLE) -> NDIS_STATUS {
        NDIS_STATUS_SUCCESS
    }
    unsafe extern "system" fn opened(_: NDIS_HANDLE, _: NDIS_STATUS) {}
    unsafe extern "system" fn closed(_: NDIS_HANDLE) {}
    unsafe extern "system" fn event(_: NDIS_HANDLE, _: PNET_PNP_EVENT_NOTIFICATION) -> NDIS_STATUS {
        NDIS_STATUS_NOT_SUPPORTED
    }
    unsafe extern "system" fn oid(_: NDIS_HANDLE, _: PNDIS_OID_REQUEST, _: NDIS_STATUS) {}
    unsafe extern "system" fn receive(_: NDIS_HANDLE, _: PNET_BUFFER_LIST, _: u32, _: u32, _: u32) {}
    unsafe extern "system" fn sent(_: NDIS_HANDLE, _: PNET_BUFFER_LIST, _: u32) {}
    let bytes = size_of_val(name) as u16;
    // SAFETY: all fields are numbers, raw pointers or optional function pointers, for which zeros are a value.
    let mut table: NDIS_PROTOCOL_DRIVER_CHARACTERISTICS = unsafe { mem::zeroed() };
    table.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
        Revision: NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1,
        Size: NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1,
    };
    table.MajorNdisVersion = 6;
    table.Name = NDIS_STRING { Length: bytes, MaximumLength: bytes, Buffer: name.as_mut_ptr() };
    table.BindAdapterHandlerEx = Some(bind);
    table.UnbindAdapterHandlerEx = Some(unbind);
    table.OpenAdapterCompleteHandlerEx = Some(opened);
    table.CloseAdapterCompleteHandlerEx = Some(closed);
    table.NetPnPEventHandler = Some(event);
    table.OidRequestCompleteHandler = Some(oid);
    table.ReceiveNetBufferListsHandler = Some(receive);
    table.SendNetBufferListsCompleteHandler = Some(sent);
    table
}

/// Registers the provider's driver.
pub(crate) fn register(provider: &Arc<Provider>) -> Result<NDIS_HANDLE, NdisStatus> {
    let mut name: Vec<u16> = "raw".encode_utf16().collect();
    let mut table = protocol(&mut name);
    table.SetOptionsHandler = Some(set_options);
    let mut handle = ptr::null_mut();
    // SAFETY: the table is complete, and its handlers are for its context.
    let status = unsafe { NdisRegisterProtocolDriver(provider.context(), &raw mut table, &raw mut handle) };
    let status = NdisStatus::from_raw(status);
    if status.is_success() { Ok(handle) } else { Err(status) }
}

pub(crate) fn deregister(driver: NDIS_HANDLE) {
    // SAFETY: the handle is only compared.
    unsafe { NdisDeregisterProtocolDriver(driver) }
}

/// Runs `body` on a machine with this provider and an adapter with DMA, and reports.
pub(crate) fn with(provider: Provider, body: impl FnOnce(&Machine, &Adapter, &Arc<Provider>)) -> Report {
    let machine = Machine::new();
    let provider = Arc::new(provider);
    machine.run(|| {
        let driver = register(&provider).unwrap();
        let adapter = machine.adapter();
        adapter.register_dma().unwrap();
        body(&machine, &adapter, &provider);
        adapter.halt();
        deregister(driver);
    });
    machine.finish()
}

/// Asserts that exactly these rules were broken.
#[track_caller]
pub(crate) fn assert_rules(report: &Report, rules: &[Rule]) {
    assert_eq!(report.rules(), rules, "{report}");
}
