//! Who owns what: handles, contexts, and what is registered with a driver. Everything is dropped once, in order, also
//! when a destructor panics; what NDIS still calls with is not.
#![cfg(feature = "std")]

mod common;

use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{NonNull, null_mut, without_provenance_mut};

use common::ndis_functions::{
    Called, answer, calls, during_registration, no_protocol_handle, protocol_handle, protocol_name,
};
use common::{Bomb, Tracked, expected_panic, kinds, live, quietly, record, unreported};
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{Breach, BreachKind, Opaque, ProtocolDriver, RegisteredProtocol, SharedMemoryProvider};

#[test]
fn a_handle_drops_its_value_once() {
    drop(Handle::new(Tracked::new(1)).unwrap());
    assert_eq!(live(), 0);
    let value = Handle::new(Tracked::new(2)).unwrap().into_inner();
    assert_eq!((value.0, live()), (2, 1));
    drop(value);
    let raw = Handle::new(Tracked::new(3)).unwrap().into_raw();
    assert_eq!(live(), 1);
    // SAFETY: given up in the line before.
    let handle = unsafe { Handle::<Tracked>::from_raw(raw) };
    assert_eq!((handle.0, live()), (3, 1));
    drop(handle);
    assert_eq!(live(), 0);
}

#[test]
fn a_context_drops_its_value_once() {
    drop(Context::new(Tracked::new(1)).unwrap());
    assert_eq!(live(), 0);
    let context = Context::new(Tracked::new(2)).unwrap();
    let raw = context.as_raw();
    assert_eq!((context.into_raw(), live()), (raw, 1));
    // SAFETY: given up in the line before.
    let context = unsafe { Context::<Tracked>::from_raw(raw) };
    assert_eq!((context.0, context.is_poisoned(), format!("{context:?}")), (2, false, "Context(Tracked(2))".into()));
    drop(context);
    assert_eq!(live(), 0);
}

/// A value of no size has an address of its own all the same, since its handle tells it from others.
#[test]
fn values_of_no_size() {
    let handles: Vec<_> = (0..10).map(|_| Handle::new(()).unwrap().into_raw()).collect();
    let mut distinct = handles.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 10);
    for raw in handles {
        // SAFETY: given up above, each once.
        assert_eq!(unsafe { Handle::<()>::from_raw(raw) }.into_inner(), ());
    }
    assert!(!Context::new(()).unwrap().as_raw().is_null());
}

#[test]
fn values_of_unusual_alignment() {
    #[derive(Debug)]
    #[repr(align(64))]
    struct Line(#[allow(dead_code)] Tracked, u8);
    #[derive(Debug)]
    #[repr(align(4096))]
    struct Page(u8);
    for place in 0..4 {
        let line = Handle::new(Line(Tracked::new(0), place)).unwrap();
        let page = Context::new(Page(place)).unwrap();
        assert_eq!(((&raw const *line).addr() % 64, (&raw const *page).addr() % 4096), (0, 0));
        assert_eq!((line.1, page.0), (place, place));
        assert_eq!(line.into_inner().1, place);
    }
    assert_eq!(live(), 0);
}

/// A handle needs no more of its `T` than `Send`, a context is shared.
#[test]
fn handles_move_between_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let handle = is_send(Handle::new(Cell::new(1)).unwrap());
    let context = is_send(Context::new(5).unwrap());
    std::thread::scope(|scope| {
        scope.spawn(|| assert_eq!(*context, 5));
        scope.spawn(move || handle.set(2));
    });
}

#[test]
fn plain_handles_are_values() {
    let value = NonNull::new(without_provenance_mut::<c_void>(0x1234)).unwrap();
    let handle = Handle::opaque(value);
    assert_eq!(format!("{handle:?}"), "Handle(Opaque(0x1234))");
    assert_eq!(handle.value(), value);
    let copy: Opaque = *handle;
    assert_eq!(Handle::new(copy).unwrap().into_raw(), value.as_ptr());
    assert_eq!(handle.into_inner(), copy);
    // SAFETY: a plain handle owns nothing.
    assert_eq!(unsafe { <Handle>::from_raw(value.as_ptr()) }.value(), value);
}

/// A plain handle comes back by its value; nothing is behind it.
#[test]
fn plain_handles_come_back() {
    #[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
    fn free(_: &Cell32, block: Handle) {
        SEEN.set(block.value().as_ptr().addr());
    }
    struct Cell32;
    thread_local!(static SEEN: Cell<usize> = const { Cell::new(0) });
    let context = Context::new(Cell32).unwrap();
    // SAFETY: a context of the function's type; any value is a plain handle.
    unreported(|| unsafe { free::entry(context.as_raw(), without_provenance_mut(3)) });
    assert_eq!(SEEN.get(), 3);
    // SAFETY: as above, but for NULL, which the entry notices.
    let ((), breaches) = kinds(|| unsafe { free::entry(context.as_raw(), null_mut()) });
    assert_eq!(breaches, [BreachKind::NullContext]);
}

/// The memory is freed and the panic goes on, for the leak checker to see.
#[test]
fn values_that_panic_on_drop() {
    #[derive(Debug)]
    struct Loud(#[allow(dead_code)] Tracked, #[allow(dead_code)] Bomb);
    let loud = || Loud(Tracked::new(0), Bomb);
    let (handle, context) = (Handle::new(loud()).unwrap(), Context::new(loud()).unwrap());
    let caught = quietly(|| [catch_unwind(|| drop(handle)), catch_unwind(|| drop(context))]);
    assert!(caught.iter().all(Result::is_err));
    assert_eq!(live(), 0);
    let value = Handle::new(loud()).unwrap().into_inner();
    assert!(quietly(|| catch_unwind(|| drop(value))).is_err());
    assert_eq!(live(), 0);
}

/// The driver of the tests: it registers providers as told.
struct Driver {
    _tracked: Tracked,
    /// What its own drop notes.
    name: &'static str,
}

impl Drop for Driver {
    fn drop(&mut self) {
        note(self.name);
    }
}

/// A provider's context.
struct Provider {
    _tracked: Tracked,
    name: &'static str,
    _bomb: Option<Bomb>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        note(self.name);
    }
}

struct Block;

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    static ON_SET_OPTIONS: Cell<Option<OnSetOptions>> = const { Cell::new(None) };
}

type OnSetOptions = fn(&ProtocolDriverHandle<'_>) -> Result<(), NdisStatus>;

fn note(name: &'static str) {
    DROPPED.with_borrow_mut(|dropped| dropped.push(name));
}

fn dropped() -> Vec<&'static str> {
    DROPPED.take()
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(driver: &Driver, handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    assert_eq!((handle.as_raw_for_test(), driver.name), (0x5E7, "driver"));
    ON_SET_OPTIONS.get().unwrap()(&handle)
}

trait AsRawForTest {
    fn as_raw_for_test(&self) -> usize;
}

impl AsRawForTest for ProtocolDriverHandle<'_> {
    /// The handle has no public raw value; its text has.
    fn as_raw_for_test(&self) -> usize {
        let text = format!("{self:?}");
        usize::from_str_radix(text.trim_start_matches("ProtocolDriverHandle(0x").trim_end_matches(')'), 16).unwrap()
    }
}

#[ndis_callback(PROTOCOL_UNINSTALL)]
fn uninstall() {
    note("uninstall");
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_provider: &Provider, _request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_provider: &Provider, _block: Handle<Block>) {}

fn provider(name: &'static str, bomb: Option<Bomb>) -> Context<Provider> {
    Context::new(Provider { _tracked: Tracked::new(0), name, _bomb: bomb }).unwrap()
}

fn register_provider(handle: &ProtocolDriverHandle<'_>, name: &'static str) -> Result<(), NdisStatus> {
    let provider = SharedMemoryProvider::new(provider(name, None)).allocate::<allocate>().free::<free>();
    handle.register_shared_memory_provider(provider)
}

/// Registers a driver as NDIS would: its set options callback runs inside.
fn register(on_set_options: OnSetOptions) -> (Result<RegisteredProtocol<Driver>, NdisStatus>, Vec<Breach>) {
    ON_SET_OPTIONS.set(Some(on_set_options));
    during_registration(Some(|context, table| {
        // SAFETY: the table is the runtime's, with the context that belongs to it.
        unsafe { table.SetOptionsHandler.unwrap()(common::ndis_handle(0x5E7), context) }
    }));
    let driver = Context::new(Driver { _tracked: Tracked::new(0), name: "driver" }).unwrap();
    let driver = ProtocolDriver::new(driver).set_options::<set_options>().uninstall::<uninstall>();
    let registered = record(|| driver.register("Pool"));
    during_registration(None);
    registered
}

#[test]
fn what_ndis_is_told_of_a_protocol_driver() {
    let (registered, breaches) = register(|handle| register_provider(handle, "provider"));
    assert_eq!((&*breaches, &*protocol_name()), (&[][..], "Pool"));
    let registered = registered.unwrap();
    assert_eq!((registered.as_raw(), registered.context().name), (protocol_handle(), "driver"));
    let calls_so_far = calls();
    let [
        Called::RegisterProtocol { context, version, revision, size },
        Called::SetOptionalHandlers { handle, provider, flags, complete },
    ] = *calls_so_far
    else {
        panic!("{calls_so_far:?}")
    };
    assert_eq!((version, revision), ((6, 30), 2));
    assert_eq!(size, NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2);
    assert!(!context.is_null() && !provider.is_null() && context != provider);
    assert_eq!((handle, flags, complete), (common::ndis_handle(0x5E7), 0, true));
    registered.deregister();
    assert_eq!(calls(), [Called::DeregisterProtocol { handle: protocol_handle(), live: 2 }]);
    assert_eq!(live(), 0);
    dropped();
}

/// Contexts live until NDIS has been told, then go in order: what was registered last first, the driver's own last.
#[test]
fn registered_contexts_are_freed_after_deregistration() {
    let three: OnSetOptions = |handle| {
        for name in ["first", "second", "third"] {
            register_provider(handle, name)?;
        }
        Ok(())
    };
    let registered = register(three).0.unwrap();
    assert_eq!((live(), dropped()), (4, vec![]));
    registered.deregister();
    assert_eq!((live(), dropped()), (0, vec!["third", "second", "first", "driver"]));
    assert_eq!(calls().last(), Some(&Called::DeregisterProtocol { handle: protocol_handle(), live: 4 }));
}

#[test]
fn a_registration_that_fails_frees_everything() {
    let refused: OnSetOptions = |handle| {
        register_provider(handle, "provider")?;
        Err(NdisStatus::RESOURCES)
    };
    let panics: OnSetOptions = |handle| {
        register_provider(handle, "provider")?;
        expected_panic()
    };
    let provider_is_refused: OnSetOptions = |handle| {
        answer(NdisStatus::NOT_SUPPORTED.as_raw());
        let refused = register_provider(handle, "provider");
        assert_eq!((refused, live()), (Err(NdisStatus::NOT_SUPPORTED), 1));
        refused
    };
    for (on_set_options, status) in [
        (refused, NdisStatus::RESOURCES),
        (panics, NdisStatus::FAILURE),
        (provider_is_refused, NdisStatus::NOT_SUPPORTED),
    ] {
        let (registered, _) = register(on_set_options);
        answer(0);
        assert_eq!(registered.map(|_| ()), Err(status));
        assert_eq!((live(), dropped()), (0, vec!["provider", "driver"]));
    }
    // NDIS gave no handle, so there is nothing to deregister.
    no_protocol_handle(true);
    let (registered, _) = register(|handle| register_provider(handle, "provider"));
    no_protocol_handle(false);
    assert_eq!(registered.map(|_| ()), Err(NdisStatus::FAILURE));
    assert_eq!((live(), dropped()), (0, vec!["provider", "driver"]));
    assert!(!calls().iter().any(|call| matches!(call, Called::DeregisterProtocol { .. })));
}

#[test]
fn names_of_protocol_drivers() {
    let register = |name: &str| {
        let driver = ProtocolDriver::new(Context::new(Tracked::new(0)).unwrap());
        driver.register(name).map(RegisteredProtocol::deregister)
    };
    let longest = "\u{10000}".repeat(usize::from(u16::MAX) / 4);
    for name in ["", "Pool", "Bücher \u{1F4DA}"] {
        assert_eq!(register(name), Ok(()));
        assert_eq!(protocol_name(), name);
    }
    if cfg!(miri) {
        eprintln!("skipped, since Miri takes minutes for it: names at the limit of their length");
        return;
    }
    assert_eq!(register(&longest), Ok(()));
    assert_eq!(protocol_name(), longest);
    for name in [longest.clone() + "aa", "a".repeat(0x8000), "a".repeat(0x1_0000)] {
        assert_eq!(register(&name), Err(NdisStatus::INVALID_PARAMETER), "{} bytes", name.len());
    }
    assert_eq!(register(&"a".repeat(0x7FFF)), Ok(()));
    assert_eq!(live(), 0);
}

/// A drop may happen inside a callback, where deregistering would wait for itself: NDIS keeps calling with the contexts,
/// so they are not freed, and that is said.
#[test]
fn a_dropped_registration_leaks_what_ndis_calls_with() {
    let (registered, _) = register(|handle| register_provider(handle, "provider"));
    let registered = registered.unwrap();
    let Called::RegisterProtocol { context, .. } = calls()[0] else { panic!() };
    let ((), breaches) = record(|| drop(registered));
    let (callback, kind) = ("NDIS_PROTOCOL_DRIVER_CHARACTERISTICS", BreachKind::DroppedRegistration);
    assert_eq!(breaches.iter().map(|breach| (breach.callback, breach.kind)).collect::<Vec<_>>(), [(callback, kind)]);
    assert_eq!((calls(), live(), dropped()), (vec![], 2, vec![]));
    // SAFETY: the stand-in for NDIS calls with it no more.
    drop(unsafe { Context::<Driver>::from_raw(context) });
    assert_eq!((live(), dropped()), (0, vec!["provider", "driver"]));
}

/// One that panics does not keep the others alive.
#[test]
fn dependants_that_panic_on_drop() {
    let three: OnSetOptions = |handle| {
        for (name, bomb) in [("first", None), ("second", Some(Bomb)), ("third", None)] {
            let provider = SharedMemoryProvider::new(provider(name, bomb)).allocate::<allocate>().free::<free>();
            handle.register_shared_memory_provider(provider)?;
        }
        Ok(())
    };
    let registered = register(three).0.unwrap();
    let caught = quietly(|| catch_unwind(AssertUnwindSafe(|| registered.deregister())));
    assert!(caught.is_err());
    assert_eq!((live(), dropped()), (0, vec!["third", "second", "first", "driver"]));
    calls();
}

#[test]
fn a_provider_that_is_not_registered_frees_its_context() {
    drop(SharedMemoryProvider::<_, Block>::new(provider("provider", None)));
    assert_eq!((live(), dropped()), (0, vec!["provider"]));
}

#[test]
fn a_provider_says_whether_it_serves_ports() {
    let register: OnSetOptions = |handle| {
        let provider = SharedMemoryProvider::new(provider("provider", None)).supports_pf_vports();
        handle.register_shared_memory_provider(provider.free::<free>().allocate::<allocate>())
    };
    let registered = self::register(register).0.unwrap();
    let flags = calls().into_iter().find_map(|call| match call {
        Called::SetOptionalHandlers { flags, .. } => Some(flags),
        _ => None,
    });
    assert_eq!(flags, Some(NDIS_SHARED_MEMORY_PROVIDER_CHAR_SUPPORTS_PF_VPORTS));
    registered.deregister();
    dropped();
    calls();
}

/// A miniport that was registered without a context has nothing that a provider's could belong to.
#[test]
fn a_provider_needs_an_owner() {
    use ndis::MiniportDriverHandle;
    #[ndis_callback(MINIPORT_SET_OPTIONS)]
    fn miniport_set_options(driver: Option<&Driver>, handle: MiniportDriverHandle<'_>) -> Result<(), NdisStatus> {
        assert!(driver.is_none());
        let provider = SharedMemoryProvider::new(provider("provider", None)).allocate::<allocate>().free::<free>();
        handle.register_shared_memory_provider(provider)
    }
    // SAFETY: the context may be NULL.
    let status = unreported(|| unsafe { miniport_set_options::entry(common::ndis_handle(1), null_mut()) });
    assert_eq!(NdisStatus::from_raw(status), NdisStatus::INVALID_PARAMETER);
    assert_eq!((calls(), live(), dropped()), (vec![], 0, vec!["provider"]));
}

/// What NDIS requires of a protocol driver is there, and refuses what a driver without bindings cannot do.
#[test]
fn a_driver_that_binds_to_nothing() {
    during_registration(Some(|context, table| {
        assert!(table.UninstallHandler.is_none() && table.DirectOidRequestCompleteHandler.is_none());
        // SAFETY: the context is the driver's; the other handlers look at nothing.
        unsafe {
            assert_eq!(table.SetOptionsHandler.unwrap()(common::ndis_handle(0x5E7), context), 0);
            let status = table.BindAdapterHandlerEx.unwrap()(context, null_mut(), null_mut());
            assert_eq!(NdisStatus::from_raw(status), NdisStatus::NOT_SUPPORTED);
            assert_eq!(table.UnbindAdapterHandlerEx.unwrap()(null_mut(), context), 0);
            table.OpenAdapterCompleteHandlerEx.unwrap()(context, 0);
            table.CloseAdapterCompleteHandlerEx.unwrap()(context);
            let status = table.NetPnPEventHandler.unwrap()(null_mut(), null_mut());
            assert_eq!(NdisStatus::from_raw(status), NdisStatus::NOT_SUPPORTED);
            table.OidRequestCompleteHandler.unwrap()(context, null_mut(), 0);
            table.StatusHandlerEx.unwrap()(context, null_mut());
            table.ReceiveNetBufferListsHandler.unwrap()(context, null_mut(), 0, 0, 0);
            table.SendNetBufferListsCompleteHandler.unwrap()(context, null_mut(), 0);
        }
        0
    }));
    ProtocolDriver::new(Context::new(Tracked::new(0)).unwrap()).register("Pool").unwrap().deregister();
    during_registration(None);
    assert_eq!(live(), 0);
    calls();
}
