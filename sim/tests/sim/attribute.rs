//! The whole way: drivers written with `#[ndis_callback]`, registered with the builders.

use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize};
use std::sync::{Arc, Mutex};

use ndis::callback::{FILTER_PAUSE, MINIPORT_OID_REQUEST};
use ndis::irql::{self, Irql};
use ndis::prelude::*;
use ndis::sys::{NDIS_HANDLE, NDIS_SEND_FLAGS_DISPATCH_LEVEL, NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1 as SIZE};
use ndis::{BreachKind, Entry, PortNumber, ProtocolDriver, RegisteredProtocol, SharedMemoryProvider};
use ndis_sim::{Argument, Ask, BadPointer, HeaderFault, Machine, Pages, Rule};

use crate::faults::Fault;
use crate::raw::assert_rules;

/// What a test sees of a driver.
#[derive(Default)]
struct Log {
    drivers_dropped: AtomicUsize,
    pools_dropped: AtomicUsize,
    outstanding: AtomicUsize,
    fail_set_options: AtomicBool,
    /// What the next allocation does wrong.
    wrong: Mutex<Option<Wrong>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    Panics,
    RaisesIrql,
    DoesNotFill,
}

struct Driver(Arc<Log>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.drivers_dropped.fetch_add(1, Relaxed);
    }
}

struct Pool(Arc<Log>);

impl Drop for Pool {
    fn drop(&mut self) {
        self.0.pools_dropped.fetch_add(1, Relaxed);
    }
}

struct Block {
    pages: Pages,
    log: Arc<Log>,
}

impl Drop for Block {
    fn drop(&mut self) {
        self.log.outstanding.fetch_sub(1, Relaxed);
    }
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    let pages = Pages::allocate(request.length() as usize, request.is_contiguous()).ok_or(AllocError::Resources)?;
    pool.0.outstanding.fetch_add(1, Relaxed);
    let block = Handle::new(Block { pages, log: Arc::clone(&pool.0) })?;
    let wrong = pool.0.wrong.lock().unwrap().take();
    match wrong {
        Some(Wrong::Panics) => panic!("expected by the test"),
        Some(Wrong::RaisesIrql) => drop(irql::set_simulated(Irql::DISPATCH)),
        Some(Wrong::DoesNotFill) => return Ok(block),
        None => {}
    }
    request.fill(&block, |block| &block.pages)?;
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(driver: Option<&Driver>, handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    let log = &driver.ok_or(NdisStatus::INVALID_PARAMETER)?.0;
    let pool = Context::new(Pool(Arc::clone(log)))?;
    handle.register_shared_memory_provider(SharedMemoryProvider::new(pool).allocate::<allocate>().free::<free>())?;
    if log.fail_set_options.load(Relaxed) { Err(NdisStatus::RESOURCES) } else { Ok(()) }
}

fn register(log: &Arc<Log>) -> Result<RegisteredProtocol<Driver>, NdisStatus> {
    let context = Context::new(Driver(Arc::clone(log)))?;
    ProtocolDriver::new(context).set_options::<set_options>().register("pool")
}

fn dropped(log: &Log) -> (usize, usize) {
    (log.drivers_dropped.load(Relaxed), log.pools_dropped.load(Relaxed))
}

/// A machine with the driver and an adapter: does `body`, and asserts that everything is gone in the end.
fn with(body: impl FnOnce(&Machine, &ndis_sim::Adapter, &Arc<Log>)) -> ndis_sim::Report {
    let machine = Machine::new();
    let log = Arc::new(Log::default());
    machine.watch_outstanding("pool", {
        let log = Arc::clone(&log);
        move || log.outstanding.load(Relaxed)
    });
    machine.run(|| {
        let driver = register(&log).unwrap();
        let adapter = machine.adapter();
        adapter.register_dma().unwrap();
        body(&machine, &adapter, &log);
        adapter.halt();
        assert_eq!(dropped(&log), (0, 0));
        driver.deregister();
        assert_eq!(dropped(&log), (1, 1));
        assert_eq!(machine.report().counts().live_pages, 0);
    });
    machine.finish()
}

#[test]
fn a_driver_is_registered_used_and_deregistered() {
    let report = with(|machine, adapter, log| {
        let blocks: Vec<_> = (1..5).map(|pages| adapter.allocate(Ask::new(pages * 4096 - 5)).unwrap()).collect();
        assert_eq!(blocks[3].runs().iter().map(|run| u64::from(run.length)).sum::<u64>(), 4 * 4096 - 5);
        assert_eq!(log.outstanding.load(Relaxed), 4);
        machine.check_outstanding();
        let ring = adapter.allocate(Ask::new(8192).contiguous()).unwrap();
        assert_eq!(ring.runs().len(), 1);
        machine.refuse_pages(1);
        assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::RESOURCES));
        let short = Ask { capacity: 1, ..Ask::new(8192) };
        assert_eq!(adapter.allocate(short), Err(NdisStatus::INVALID_PARAMETER));
        blocks.iter().chain([&ring]).for_each(|block| adapter.free(block));
    });
    report.assert_clean();
    assert_eq!((report.counts().allocations, report.counts().frees, report.counts().all_failures()), (5, 5, 2));
}

#[test]
fn an_early_call_of_a_driver() {
    let machine = Machine::new();
    machine.call_during_registration();
    machine.run(|| register(&Arc::new(Log::default())).unwrap().deregister());
    let report = machine.finish();
    report.assert_clean();
    assert_eq!(report.counts().allocations, 1);
}

#[test]
fn set_options_that_fails_frees_every_context_once() {
    let machine = Machine::new();
    let log = Arc::new(Log::default());
    log.fail_set_options.store(true, Relaxed);
    machine.run(|| assert_eq!(register(&log).err(), Some(NdisStatus::RESOURCES)));
    assert_eq!(dropped(&log), (1, 1));
    machine.finish().assert_clean();
}

#[test]
fn a_registration_that_is_dropped() {
    /// The leaked contexts stay reachable, so that no leak checker takes them for an accident.
    static LEAKED: AtomicPtr<c_void> = AtomicPtr::new(ptr::null_mut());
    let machine = Machine::new();
    let log = Arc::new(Log::default());
    machine.run(|| {
        let context = Context::new(Driver(Arc::clone(&log))).unwrap();
        LEAKED.store(context.as_raw(), Relaxed);
        drop(ProtocolDriver::new(context).set_options::<set_options>().register("pool").unwrap());
    });
    assert_eq!(dropped(&log), (0, 0));
    let rules = [Rule::Entry(BreachKind::DroppedRegistration), Rule::DriverStillRegistered];
    assert_rules(&machine.finish(), &rules);
}

#[test]
fn faults_are_refused_and_provoked() {
    let faults = [
        (Fault::Header(HeaderFault::Type(0x81)), BreachKind::ObjectType { expected: 0x80, found: 0x81 }),
        (Fault::Header(HeaderFault::Size(SIZE - 1)), BreachKind::ObjectSize { minimum: SIZE, found: SIZE - 1 }),
        (Fault::Pointer(Argument::ProviderContext, BadPointer::Null), BreachKind::NullContext),
        (Fault::Pointer(Argument::ProviderContext, BadPointer::Misaligned), BreachKind::MisalignedContext),
        (Fault::Pointer(Argument::Parameters, BadPointer::Null), BreachKind::NullPointer),
        (Fault::Pointer(Argument::Parameters, BadPointer::Misaligned), BreachKind::MisalignedPointer),
        (Fault::Pointer(Argument::ScatterGatherList, BadPointer::Null), BreachKind::NullPointer),
        (Fault::Pointer(Argument::ScatterGatherList, BadPointer::Misaligned), BreachKind::MisalignedPointer),
        (Fault::Pointer(Argument::BlockHandle, BadPointer::Null), BreachKind::NullPointer),
        (Fault::Pointer(Argument::BlockHandle, BadPointer::Misaligned), BreachKind::MisalignedPointer),
    ];
    let report = with(|machine, adapter, _| {
        for (fault, _) in faults {
            fault.inject(machine);
            assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::INVALID_PARAMETER));
        }
    });
    report.assert_clean();
    assert_rules(&report, &faults.map(|(_, kind)| Rule::Entry(kind)));
    assert!(report.breaches().iter().all(|breach| breach.provoked));
}

#[test]
fn a_raised_call_is_refused() {
    let report = with(|machine, adapter, _| {
        machine.raise_irql(Irql::DISPATCH, 1);
        assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::FAILURE));
    });
    report.assert_clean();
    assert!(matches!(report.rules()[..], [Rule::Entry(BreachKind::Irql { found: Irql::DISPATCH, .. })]));
}

#[test]
fn what_entries_notice_is_in_the_report() {
    let report = with(|_, adapter, log| {
        *log.wrong.lock().unwrap() = Some(Wrong::DoesNotFill);
        assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::FAILURE));
    });
    assert_rules(&report, &[Rule::Entry(BreachKind::NotFilled)]);
    assert!(!report.is_clean());

    let report = with(|_, adapter, log| {
        *log.wrong.lock().unwrap() = Some(Wrong::RaisesIrql);
        assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::FAILURE));
        assert_eq!(Irql::current(), Irql::PASSIVE);
    });
    let changed = BreachKind::IrqlChanged { entry: Irql::PASSIVE, exit: Irql::DISPATCH };
    assert_rules(&report, &[Rule::Entry(changed), Rule::IrqlChanged]);

    let report = with(|_, adapter, log| {
        *log.wrong.lock().unwrap() = Some(Wrong::Panics);
        assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::FAILURE));
        assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::FAILURE));
        assert_eq!(log.outstanding.load(Relaxed), 0);
    });
    assert_rules(&report, &[Rule::Entry(BreachKind::Panicked), Rule::Entry(BreachKind::Poisoned)]);
}

/// A filter module that pauses now or later.
#[derive(Default)]
struct Module {
    later: bool,
    pending: Mutex<Option<Pending<FILTER_PAUSE>>>,
}

#[ndis_callback(FILTER_ATTACH)]
fn attach(driver: Option<&Driver>, adapter: FilterAttach<'_>) -> Result<Context<Module>, AllocError> {
    assert_eq!((adapter.mac_address(), adapter.miniport_interface_index()), (&[2, 0, 0, 0, 0, 1][..], 1));
    let later = driver.is_some_and(|driver| driver.0.fail_set_options.load(Relaxed));
    Ok(Context::new(Module { later, ..Module::default() })?)
}

#[ndis_callback(FILTER_PAUSE)]
fn pause(module: &Module, request: FilterPause<'_>) -> Answered {
    if !module.later {
        return request.done();
    }
    let (pending, answered) = request.pend();
    *module.pending.lock().unwrap() = Some(pending);
    answered
}

#[ndis_callback(FILTER_DETACH)]
fn detach(module: &Module) {
    assert!(module.pending.lock().unwrap().is_none());
}

#[test]
fn a_filter_module_attaches_pauses_and_detaches() {
    for later in [false, true] {
        let machine = Machine::new();
        let driver = Context::new(Driver(Arc::default())).unwrap();
        driver.0.fail_set_options.store(later, Relaxed);
        let module = machine.filter_module();
        // SAFETY: the entries belong together, and the driver's context lives longer than the module.
        unsafe {
            assert!(module.attach(<attach as Entry<_, (Driver, Module)>>::ENTRY, driver.as_raw()).is_success());
            let returned = module.pause(<pause as Entry<_, (Module,)>>::ENTRY);
            assert_eq!(returned, if later { NdisStatus::PENDING } else { NdisStatus::SUCCESS });
            if later {
                let context = std::mem::ManuallyDrop::new(Context::<Module>::from_raw(module.context()));
                context.pending.lock().unwrap().take().unwrap().complete();
            }
            module.detach(<detach as Entry<_, (Module,)>>::ENTRY);
        }
        drop(module);
        machine.finish().assert_clean();
    }
}

/// An adapter that answers and sends later.
#[derive(Default)]
struct Nic {
    requests: Mutex<Vec<Pending<MINIPORT_OID_REQUEST>>>,
    sends: Mutex<Vec<Chain<MiniportSend>>>,
}

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(nic: &Nic, request: MiniportOidRequest<'_>) -> Result<Answered, NdisStatus> {
    match request.oid() {
        0 => Err(NdisStatus::NOT_SUPPORTED),
        1 => Ok(request.done()),
        _ => {
            let (pending, answered) = request.pend();
            nic.requests.lock().unwrap().push(pending);
            Ok(answered)
        }
    }
}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(nic: &Nic, chain: Chain<MiniportSend>) {
    assert_eq!(chain.port(), PortNumber::DEFAULT);
    let is_at_dispatch = chain.flags() & NDIS_SEND_FLAGS_DISPATCH_LEVEL != 0;
    assert_eq!(is_at_dispatch, Irql::current() == Irql::DISPATCH);
    nic.sends.lock().unwrap().push(chain);
}

#[test]
fn an_adapter_answers_and_sends() {
    let machine = Machine::new();
    let adapter = machine.adapter();
    let nic = Context::new(Nic::default()).unwrap();
    let (oid, send): (_, _) = (<oid_request as Entry<_, (Nic,)>>::ENTRY, <send as Entry<_, (Nic,)>>::ENTRY);
    let context: NDIS_HANDLE = nic.as_raw();
    // SAFETY: the handle is the adapter's, which lives longer than what it owes; the entries are for the context.
    unsafe {
        nic.set_ndis_handle(adapter.handle());
        assert_eq!(adapter.oid_request(oid, context, 0).completed(), Some(NdisStatus::NOT_SUPPORTED));
        assert_eq!(adapter.oid_request(oid, context, 1).completed(), Some(NdisStatus::SUCCESS));
        let first = adapter.oid_request(oid, context, 2);
        let second = adapter.oid_request(oid, context, 3);
        assert_eq!((first.returned, first.completed()), (NdisStatus::PENDING, None));
        let mut requests = std::mem::take(&mut *nic.requests.lock().unwrap());
        requests.pop().unwrap().complete();
        drop(requests);
        assert_eq!(first.completed(), Some(NdisStatus::REQUEST_ABORTED));
        assert_eq!(second.completed(), Some(NdisStatus::SUCCESS));

        irql::simulate(Irql::DISPATCH, || adapter.send(send, context, 4));
        adapter.send(send, context, 1);
    }
    assert_eq!(adapter.sends_outstanding(), 5);
    let mut sends = std::mem::take(&mut *nic.sends.lock().unwrap());
    let mut rest = sends.remove(0);
    rest.pop_first().unwrap().complete(NdisStatus::SUCCESS);
    assert_eq!((rest.count(), adapter.sends_outstanding()), (3, 4));
    irql::simulate(Irql::DISPATCH, || drop(rest));
    drop(sends);
    adapter.halt();
    machine.finish().assert_clean();
}

#[test]
fn a_token_that_is_forgotten() {
    let machine = Machine::new();
    let adapter = machine.adapter();
    let nic = Context::new(Nic::default()).unwrap();
    // SAFETY: as above.
    unsafe {
        nic.set_ndis_handle(adapter.handle());
        let sent = adapter.oid_request(<oid_request as Entry<_, (Nic,)>>::ENTRY, nic.as_raw(), 2);
        assert_eq!(sent.completed(), None);
        adapter.send(<send as Entry<_, (Nic,)>>::ENTRY, nic.as_raw(), 2);
    }
    nic.requests.lock().unwrap().drain(..).for_each(std::mem::forget);
    nic.sends.lock().unwrap().drain(..).for_each(std::mem::forget);
    adapter.halt();
    assert_rules(&machine.finish(), &[Rule::OidNotCompleted, Rule::ListNotCompleted]);
}
