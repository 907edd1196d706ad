//! The machine, as a test holds it.

use std::fmt;
use std::sync::{Arc, Once};

use ndis::breach;

use crate::known::watches::Watch;
use crate::machine::inner::{self, Inner};
use crate::report::{Report, Rule};

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
        self.inner.state().watches.list.push(watch);
    }

    /// Compares what [watched](Self::watch_outstanding) providers count with what NDIS has, unless one is being called
    /// right now.
    pub fn check_outstanding(&self) {
        self.inner.check_outstanding("check_outstanding");
    }

    /// What was noticed so far.
    pub fn report(&self) -> Report {
        let mut report = self.inner.state().report.clone();
        let supply = self.inner.supply();
        report.counts.live_pages = supply.live;
        report.counts.live_page_bytes = supply.live_bytes;
        report
    }

    /// Ends the machine: everything in it should be gone by now.
    pub fn finish(self) -> Report {
        const PLACE: &str = "finish";
        self.inner.check_outstanding(PLACE);
        let breaches = self.inner.state().unfinished();
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

/// Hears what the runtime's entries notice.
fn hear(breach: &ndis::Breach) {
    inner::breach_here(Rule::Entry(breach.kind), breach.callback, breach.kind.to_string());
}
