//! The machine: what NDIS knows, and which machine a thread is in.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, PoisonError};

use ndis::breach;
use ndis::irql::{self, Irql};
use ndis::sys::NDIS_OBJECT_HEADER;

use crate::driver::Driver;
use crate::faults::{CallFaults, PageFaults};
use crate::filter::Module;
use crate::handles::{self, Handle};
use crate::miniport::AdapterState;
use crate::provider::Provider;
use crate::ranges::Ranges;
use crate::report::{Breach, Report, Rule};
use crate::shared_memory::Allocation;

/// One simulated computer with its NDIS.
///
/// Drivers register with the machine that their thread is in: see [`run`](Machine::run). Calls that pass a handle go to
/// the machine that gave the handle, from whatever thread. Several threads may use a machine at once, and several
/// machines may be in use at once; they share nothing.
///
/// ```
/// use ndis_sim::Machine;
///
/// let machine = Machine::new();
/// machine.run(|| {
///     // register drivers, start adapters, …
/// });
/// machine.finish().assert_clean();
/// ```
#[must_use = "a machine says what it noticed when it is finished"]
pub struct Machine {
    inner: Arc<Inner>,
}

impl Machine {
    /// A machine without drivers and adapters.
    pub fn new() -> Machine {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| breach::set_hook(hear));
        Machine { inner: Arc::default() }
    }

    /// Runs `body` in this machine: drivers that register themselves on this thread meanwhile register here, what
    /// their entries notice is reported here, and [`Pages`](crate::Pages) come from here.
    ///
    /// A thread that `body` starts is in no machine; it enters with a `run` of its own.
    pub fn run<R>(&self, body: impl FnOnce() -> R) -> R {
        self.inner.enter(body)
    }

    /// Compares what a provider counts with what NDIS has: `outstanding` says how many blocks the provider thinks are
    /// outside.
    ///
    /// It is asked when no provider is being called: when a driver has been deregistered, in
    /// [`check_outstanding`](Self::check_outstanding) and in [`finish`](Self::finish). With several providers, watch each
    /// of them: the sum of all watched numbers is compared. A block that a provider never got back, because nobody freed
    /// it, counts as outside.
    pub fn watch_outstanding(&self, name: &str, outstanding: impl Fn() -> usize + Send + Sync + 'static) {
        let watch = Watch { name: name.to_owned(), outstanding: Arc::new(outstanding) };
        self.inner.state().watches.push(watch);
    }

    /// Compares what [watched](Self::watch_outstanding) providers count with what NDIS has, unless one is being called
    /// right now.
    pub fn check_outstanding(&self) {
        self.inner.check_outstanding("check_outstanding");
    }

    /// What was noticed so far.
    pub fn report(&self) -> Report {
        let mut report = self.inner.state().report.clone();
        let pages = self.inner.pages();
        report.counts.live_pages = pages.live;
        report.counts.live_page_bytes = pages.live_bytes;
        report
    }

    /// Ends the machine: everything in it should be gone by now.
    pub fn finish(self) -> Report {
        const PLACE: &str = "finish";
        self.inner.check_outstanding(PLACE);
        let mut breaches = Vec::new();
        {
            let state = self.inner.state();
            for driver in state.drivers.values() {
                breaches.push((Rule::DriverStillRegistered, format!("{driver} is still registered")));
            }
            let live = state.allocations.values().filter(|block| !block.lost);
            let (blocks, bytes) =
                live.fold((0, 0), |(blocks, bytes), block| (blocks + 1, bytes + u64::from(block.length)));
            if blocks > 0 {
                breaches.push((Rule::BlocksNeverFreed, format!("{blocks} blocks of {bytes} bytes were never freed")));
            }
            state.modules.values().for_each(|module| module.unfinished(&mut breaches));
            state.adapters.values().for_each(|adapter| adapter.unfinished(&mut breaches));
        }
        for (rule, text) in breaches {
            self.inner.breach(rule, PLACE, text);
        }
        let report = self.report();
        self.inner.state().report.breaches.clear();
        report
    }

    pub(crate) fn inner(&self) -> &Arc<Inner> {
        &self.inner
    }
}

impl Default for Machine {
    fn default() -> Machine {
        Machine::new()
    }
}

impl Drop for Machine {
    /// Prints what was noticed if nobody has [finished](Machine::finish) the machine.
    fn drop(&mut self) {
        let report = self.report();
        if !report.is_clean() {
            eprintln!("ndis-sim: a machine was dropped unfinished: {report}");
        }
    }
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("report", &self.report()).finish()
    }
}

/// What handles and threads refer to.
#[derive(Default)]
pub(crate) struct Inner {
    state: Mutex<State>,
    pages: Mutex<PageFaults>,
    /// A provider's call has ended.
    pub(crate) call_ended: Condvar,
}

/// What NDIS knows. Never locked while a driver runs.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) report: Report,
    pub(crate) drivers: BTreeMap<Handle, Driver>,
    /// In the order of their registration; they stay when their driver is gone.
    pub(crate) providers: Vec<Provider>,
    pub(crate) allocations: BTreeMap<Handle, Allocation>,
    /// The memory of these, where the processor sees it and where a device does.
    pub(crate) virtual_memory: Ranges,
    pub(crate) physical_memory: Ranges,
    pub(crate) adapters: BTreeMap<Handle, AdapterState>,
    pub(crate) modules: BTreeMap<Handle, Module>,
    pub(crate) faults: CallFaults,
    /// Calls of providers that have begun.
    pub(crate) calls: u64,
    watches: Vec<Watch>,
    /// The last numbers, watched and NDIS's, that were reported as different.
    mismatch: Option<(usize, usize)>,
}

#[derive(Clone)]
struct Watch {
    name: String,
    outstanding: Arc<dyn Fn() -> usize + Send + Sync>,
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Inner>>> = const { RefCell::new(None) };
}

/// The machine that this thread is in.
pub(crate) fn current() -> Option<Arc<Inner>> {
    CURRENT.with_borrow(Clone::clone)
}

/// Reports a breach to the machine that this thread is in.
pub(crate) fn breach_here(rule: Rule, place: &'static str, text: String) {
    match current() {
        Some(machine) => machine.breach(rule, place, text),
        None => eprintln!("ndis-sim: outside every machine: {place}: {text}"),
    }
}

/// Hears what the runtime's entries notice.
fn hear(breach: &ndis::Breach) {
    breach_here(Rule::Entry(breach.kind), breach.callback, breach.kind.to_string());
}

impl Inner {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn pages(&self) -> MutexGuard<'_, PageFaults> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `body` with this thread in the machine.
    pub(crate) fn enter<R>(self: &Arc<Self>, body: impl FnOnce() -> R) -> R {
        struct Leave(Option<Arc<Inner>>);
        impl Drop for Leave {
            fn drop(&mut self) {
                // What is dropped here may be the last of a machine, whose drivers look for theirs.
                drop(CURRENT.replace(self.0.take()));
            }
        }
        let _leave = Leave(CURRENT.replace(Some(Arc::clone(self))));
        body()
    }

    /// Calls into a driver, at the thread's level, to which the driver must come back.
    pub(crate) fn call<R>(self: &Arc<Self>, place: &'static str, body: impl FnOnce() -> R) -> R {
        let entry = Irql::current();
        let (value, exit) = self.enter(|| irql::simulate(entry, || (body(), Irql::current())));
        if exit != entry {
            self.breach(Rule::IrqlChanged, place, format!("called at {entry}, returned at {exit}"));
        }
        value
    }

    pub(crate) fn breach(&self, rule: Rule, place: &'static str, text: String) {
        let provoked = matches!(rule, Rule::Entry(_)) && crate::faults::is_provoking();
        self.state().report.breaches.push(Breach { rule, place, text, provoked });
    }

    /// Whether the calling driver is at no higher level than `function` may be called at.
    pub(crate) fn at_most(&self, function: &'static str, level: Irql) -> bool {
        let found = Irql::current();
        if found > level {
            self.breach(Rule::RaisedIrql, function, format!("called at {found}, legal is {level} at most"));
        }
        found <= level
    }

    /// Whether `pointer`, the argument `name`, can be followed as far as can be told.
    pub(crate) fn pointer<T>(&self, function: &'static str, name: &str, pointer: *const T) -> bool {
        let wrong = match () {
            () if pointer.is_null() => "NULL",
            () if !pointer.is_aligned() => "misaligned",
            () => return true,
        };
        self.breach(Rule::BadPointer, function, format!("{name} is {wrong}"));
        false
    }

    /// The header of a structure that a driver passed in the argument `name`, if it is of this type and at least as
    /// long as its revision. `sizes` are those of the known revisions, the first first.
    ///
    /// # Safety
    ///
    /// `structure`, if it is not NULL and aligned, points to at least a header.
    pub(crate) unsafe fn header<T>(
        &self,
        function: &'static str,
        name: &str,
        structure: *const T,
        object_type: u8,
        sizes: &[u16],
    ) -> Option<NDIS_OBJECT_HEADER> {
        if !self.pointer(function, name, structure) {
            return None;
        }
        // SAFETY: by the caller's word there is a header.
        let header = unsafe { structure.cast::<NDIS_OBJECT_HEADER>().read() };
        let known = usize::from(header.Revision).min(sizes.len());
        let text = if header.Type != object_type {
            format!("{name}->Header.Type is {:#04x}, not {object_type:#04x}", header.Type)
        } else if known == 0 {
            format!("{name}->Header.Revision is 0")
        } else if header.Size < sizes[known - 1] {
            let (size, revision) = (header.Size, header.Revision);
            format!("{name}->Header.Size is {size} bytes, revision {revision} has {}", sizes[known - 1])
        } else {
            return Some(header);
        };
        self.breach(Rule::ObjectHeader, function, text);
        None
    }

    /// Compares what watched providers count with what NDIS has, if no provider is being called meanwhile.
    pub(crate) fn check_outstanding(&self, place: &'static str) {
        let quiet = |state: &State| state.providers.iter().all(|provider| provider.in_flight == 0);
        let (watches, calls) = {
            let state = self.state();
            if state.watches.is_empty() || !quiet(&state) {
                return;
            }
            (state.watches.clone(), state.calls)
        };
        let watched: Vec<usize> = watches.iter().map(|watch| (watch.outstanding)()).collect();
        let mut state = self.state();
        let expected = state.providers.iter().map(|provider| provider.outstanding).sum();
        let found = watched.iter().sum();
        if state.calls != calls || !quiet(&state) || found == expected || state.mismatch == Some((found, expected)) {
            return;
        }
        state.mismatch = Some((found, expected));
        drop(state);
        let each: Vec<String> =
            watches.iter().zip(&watched).map(|(watch, number)| format!("{} {number}", watch.name)).collect();
        let text = format!("blocks outside: NDIS has {expected}, the providers count {found} ({})", each.join(", "));
        self.breach(Rule::OutstandingMismatch, place, text);
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner").finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        handles::forget_ended_machines();
    }
}
