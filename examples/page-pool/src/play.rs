//! Plays a trace: the provider and its consumers on one simulated machine, a thread for each adapter.

use std::cell::RefCell;
use std::fmt;
use std::thread;

use ndis::{AllocError, NdisStatus};
use ndis_sim::Machine;

use crate::consumer::{Adapter, Counters, QUEUES, Report};
use crate::driver;
use crate::pool::Pool;
use crate::trace::{self, Faults, Operation, Status, Step, Trace};

/// How many bytes the pool lends at most.
pub const POOL_BYTES: usize = 64 << 20;

thread_local! {
    /// What the trace tells the provider to refuse. NDIS calls the provider inside the consumer's own call, so the
    /// faults of an adapter are those of its thread.
    static FAULTS: RefCell<Faults> = RefCell::default();
}

/// Refuses what the trace says.
fn admission(length: u32) -> Result<(), AllocError> {
    match FAULTS.with_borrow_mut(|faults| faults.verdict(length)) {
        None => Ok(()),
        Some(Status::InvalidParameter) => Err(AllocError::InvalidParameter),
        Some(Status::Failure) => Err(AllocError::Failure),
        Some(_) => Err(AllocError::Resources),
    }
}

/// What came of a trace. Its `Display` is the account for people.
#[derive(Debug, Default)]
pub struct Account {
    /// Lines played.
    pub operations: usize,
    /// Adapters started.
    pub adapters: usize,
    /// What the consumers counted together. Peaks of adapters that run at the same time are added up.
    pub total: Counters,
    /// The same, by queue.
    pub queues: [Counters; QUEUES],
    /// Blocks that did not come back to the pool.
    pub leaked: usize,
    /// What went wrong, in words; empty if nothing did.
    pub problems: Vec<String>,
}

impl Account {
    /// Whether everything went as the trace says and nothing was broken or leaked.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty() && self.leaked == 0
    }

    fn beside(&mut self, other: Account) {
        self.operations += other.operations;
        self.adapters += other.adapters;
        self.total.beside(&other.total);
        for (sum, queue) in self.queues.iter_mut().zip(&other.queues) {
            sum.beside(queue);
        }
        self.problems.extend(other.problems);
    }
}

/// Plays a trace and keeps the account.
///
/// # Errors
///
/// When the driver cannot be registered: its status.
pub fn play(trace: &Trace) -> Result<Account, NdisStatus> {
    let machine = Machine::new();
    let pool = Pool::new(POOL_BYTES, admission);
    let outstanding = pool.watch();
    machine.watch_outstanding("page pool", pool.watch());
    let driver = machine.run(|| driver::load(pool))?;
    let mut account = Account::default();
    thread::scope(|scope| {
        let players: Vec<_> = trace
            .adapters()
            .into_iter()
            .map(|adapter| {
                let machine = &machine;
                scope.spawn(move || machine.run(|| Player::new(machine).play(trace.of(adapter))))
            })
            .collect();
        for player in players {
            match player.join() {
                Ok(part) => account.beside(part),
                Err(_) => account.problems.push("a consumer's thread panicked".into()),
            }
        }
    });
    account.leaked = outstanding();
    machine.run(|| driver.deregister());
    let report = machine.finish();
    account.problems.extend(report.breaches().iter().map(ToString::to_string));
    Ok(account)
}

/// Plays the steps of one adapter number, one adapter's life after the other.
struct Player<'a> {
    machine: &'a Machine,
    adapter: Option<(ndis_sim::Adapter, Adapter)>,
    account: Account,
}

impl<'a> Player<'a> {
    fn new(machine: &'a Machine) -> Player<'a> {
        Player { machine, adapter: None, account: Account::default() }
    }

    fn play<'s>(mut self, steps: impl Iterator<Item = &'s Step>) -> Account {
        for step in steps {
            FAULTS.with_borrow_mut(|faults| faults.apply(&step.operation));
            self.account.operations += 1;
            self.step(step);
        }
        self.account
    }

    fn step(&mut self, step: &Step) {
        if let Operation::Adapter { align } = step.operation {
            return self.start(step, align);
        }
        let Some((_, adapter)) = &mut self.adapter else {
            return self.problem(step, "the adapter did not start");
        };
        match &step.operation {
            Operation::Default { suggested, expect } => {
                let status = adapter.default_queue(*suggested);
                self.expect(step, *expect, status);
            }
            Operation::Queue { queue, expect } => {
                let status = adapter.make(queue);
                self.expect(step, *expect, status);
            }
            Operation::Complete { queues, expect } => match adapter.complete(queues) {
                Ok(statuses) => {
                    for (expected, status) in expect.iter().zip(statuses) {
                        self.expect(step, *expected, status);
                    }
                }
                Err(status) => self.problem(step, &format!("the whole operation failed: {status}")),
            },
            Operation::Free { queue, outstanding, expect } => {
                let status = adapter.free(*queue, *outstanding);
                self.expect(step, *expect, status);
            }
            Operation::Return { queue, lists, expect } => {
                let status = adapter.bring_back(*queue, *lists);
                self.expect(step, *expect, status);
            }
            Operation::Halt { account, expect } => self.halt(step, *account, *expect),
            Operation::Adapter { .. }
            | Operation::Inject { .. }
            | Operation::Exhaust { .. }
            | Operation::Limit { .. }
            | Operation::Restore => {}
        }
    }

    fn start(&mut self, step: &Step, align: u32) {
        let miniport = self.machine.adapter();
        match Adapter::start(&miniport, align) {
            Ok(adapter) => {
                self.account.adapters += 1;
                self.adapter = Some((miniport, adapter));
            }
            Err(status) => self.problem(step, &format!("the adapter does not start: {status}")),
        }
    }

    /// Ends an adapter's life, and with it what it counted.
    fn halt(&mut self, step: &Step, expected: Option<trace::Account>, expect: Status) {
        let Some((miniport, mut adapter)) = self.adapter.take() else { return };
        let status = adapter.halt();
        self.expect(step, expect, status);
        if !status.is_success() {
            self.adapter = Some((miniport, adapter));
            return;
        }
        let Report { total, queues, violations, first_violation } = adapter.report();
        let counted = trace::Account {
            requests: total.requests,
            refused: total.refused(),
            freed: total.freed,
            peak: total.peak_bytes,
        };
        if let Some(expected) = expected.filter(|expected| *expected != counted) {
            self.problem(step, &format!("the consumer counted {counted:?}, the trace says {expected:?}"));
        }
        if violations > 0 {
            self.problem(step, &format!("{violations} violations of the provider, the first: {first_violation}"));
        }
        self.account.total.then(&total);
        for (sum, queue) in self.account.queues.iter_mut().zip(&queues) {
            sum.then(queue);
        }
    }

    fn expect(&mut self, step: &Step, expected: Status, status: NdisStatus) {
        if status.as_raw() != expected.value() {
            self.problem(step, &format!("expected {expected}, got {status}"));
        }
    }

    fn problem(&mut self, step: &Step, what: &str) {
        self.account.problems.push(format!("line {}, adapter {}: {what}", step.line, step.adapter));
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} operations of {} adapters\n", self.operations, self.adapters)?;
        writeln!(
            f,
            "{:>7} {:>9} {:>8} {:>8} {:>8} {:>8} {:>13} {:>12}",
            "queue", "requests", "retries", "refused", "blocks", "freed", "bytes", "peak bytes"
        )?;
        for (id, queue) in self.queues.iter().enumerate() {
            row(f, &id.to_string(), queue)?;
        }
        row(f, "all", &self.total)?;
        writeln!(
            f,
            "\n(a peak is the most one adapter held at a time, added up over the adapters that ran at the same time)\n"
        )?;
        writeln!(f, "failures by status")?;
        for (status, count) in [
            (NdisStatus::RESOURCES, self.total.refused_resources),
            (NdisStatus::FAILURE, self.total.refused_failure),
            (NdisStatus::INVALID_PARAMETER, self.total.refused_invalid_parameter),
        ] {
            writeln!(f, "{count:>9} {status}")?;
        }
        writeln!(f, "{:>9} others", self.total.refused_other)?;
        writeln!(f, "\nleaks = {}", self.leaked)?;
        for problem in &self.problems {
            writeln!(f, "PROBLEM: {problem}")?;
        }
        Ok(())
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, counters: &Counters) -> fmt::Result {
    writeln!(
        f,
        "{name:>7} {:>9} {:>8} {:>8} {:>8} {:>8} {:>13} {:>12}",
        counters.requests,
        counters.retries,
        counters.refused(),
        counters.blocks,
        counters.freed,
        counters.bytes,
        counters.peak_bytes
    )
}
