//! The trace of a consumer of shared memory: a text file with one operation a
//! line, read by [`parse`].
//!
//! # Grammar
//!
//! Words are separated by blanks. `#` starts a comment that ends with the line.
//! Lines without words are skipped. The first line with words is `vmq-trace 1`.
//! Every other one starts with an operation and the number of an adapter, `A`:
//!
//! ```text
//! adapter  A align BYTES
//! default  A suggested N                                     [expect STATUS]
//! queue    A Q suggested N [lookahead BYTES] [vmq2 | sriov VPORT]
//!                          [ring BYTES] [node N]             [expect STATUS]
//! complete A Q...                                            [expect STATUS...]
//! free     A Q [outstanding N]                               [expect STATUS]
//! return   A Q N                                             [expect STATUS]
//! halt     A [requests N refused N freed N peak BYTES]       [expect STATUS]
//!
//! inject   A nth N STATUS
//! exhaust  A after N
//! limit    A bytes N
//! restore  A
//! ```
//!
//! Options may come in any order, `expect` is always last. Without `expect` an
//! operation succeeds (`PENDING` for a `free` with lists outstanding); with it,
//! `complete` names one status for each queue. Numbers are decimal.
//!
//! `adapter` starts an adapter and a `halt` that succeeds ends it; the same
//! number may then be started again. Every adapter is halted by the end. The
//! account in `halt` is what the consumer counted since `adapter`: requests
//! made, requests refused, blocks freed, and the most bytes held at a time.
//!
//! The second group is about the provider, see [`Faults`]. It concerns the
//! requests of one adapter only, so what an adapter sees does not depend on the
//! others.
//!
//! Operations of one adapter are in order. Those of different adapters do not
//! depend on each other and may be done at the same time.

use std::collections::BTreeMap;
use std::fmt;

/// The version of the format that [`parse`] reads.
pub const VERSION: u32 = 1;

/// The name that errors give to the text.
pub const FILE: &str = "vmq.trace";

/// The number of adapters that a trace can have at most.
pub const ADAPTERS: u32 = 16;

/// A whole trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Every operation, in the order of the text.
    pub steps: Vec<Step>,
}

impl Trace {
    /// The numbers of the adapters, in ascending order.
    pub fn adapters(&self) -> Vec<u32> {
        let mut adapters: Vec<u32> = self.steps.iter().map(|step| step.adapter).collect();
        adapters.sort_unstable();
        adapters.dedup();
        adapters
    }

    /// The operations of one adapter, in order.
    pub fn of(&self, adapter: u32) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.adapter == adapter)
    }

    /// The sum of all accounts, or `None` when a `halt` that succeeds has none.
    ///
    /// `peak` is the sum over the adapters of the largest peak of each, which is
    /// the most that a provider can be asked to hold at a time.
    pub fn account(&self) -> Option<Account> {
        let mut sum = Account::default();
        let mut peaks: BTreeMap<u32, u64> = BTreeMap::new();
        for step in &self.steps {
            let Operation::Halt { account, expect } = &step.operation else {
                continue;
            };
            if *expect != Status::Success {
                continue;
            }
            let account = (*account)?;
            sum.requests += account.requests;
            sum.refused += account.refused;
            sum.freed += account.freed;
            let peak = peaks.entry(step.adapter).or_default();
            *peak = account.peak.max(*peak);
        }
        sum.peak = peaks.values().sum();
        Some(sum)
    }
}

/// One line: an operation and the adapter that it concerns.
///
/// Its `Display` is the line as the generator writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of the line, from 1.
    pub line: usize,
    /// The adapter.
    pub adapter: u32,
    /// What to do.
    pub operation: Operation,
}

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Start an adapter.
    Adapter {
        /// The alignment of shared data: a power of two from 8 to 4096.
        align: u32,
    },
    /// Make the default queue and allocate its memory.
    Default {
        /// The suggested number of receive buffers.
        suggested: u32,
        /// What the consumer answers.
        expect: Status,
    },
    /// Make a queue.
    Queue {
        /// What the queue is like.
        queue: Queue,
        /// What the consumer answers.
        expect: Status,
    },
    /// Allocate the memory of several queues.
    Complete {
        /// The ids of the queues.
        queues: Vec<u32>,
        /// What the consumer answers, one for each queue.
        expect: Vec<Status>,
    },
    /// Free a queue.
    Free {
        /// The id of the queue.
        queue: u32,
        /// The number of its receive lists that are still out.
        outstanding: u32,
        /// What the consumer answers.
        expect: Status,
    },
    /// Bring receive lists of a queue back.
    Return {
        /// The id of the queue.
        queue: u32,
        /// The number of lists.
        lists: u32,
        /// What the consumer answers.
        expect: Status,
    },
    /// End the adapter.
    Halt {
        /// What the consumer has counted.
        account: Option<Account>,
        /// What the consumer answers.
        expect: Status,
    },
    /// Refuse one request: the `nth` from here, counting from 1. Said twice of
    /// one request, the later status holds.
    Inject {
        /// Which request.
        nth: u64,
        /// The status that refuses it.
        status: Status,
    },
    /// Refuse every request but the next `after`, with `RESOURCES`.
    Exhaust {
        /// The number of requests that are still served.
        after: u64,
    },
    /// Refuse every request for more than so many bytes, with `RESOURCES`.
    Limit {
        /// The largest length that is served.
        bytes: u32,
    },
    /// Forget everything that `inject`, `exhaust` and `limit` said.
    Restore,
}

/// What a queue is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Its id. A consumer refuses one that is not in 1 to 7.
    pub id: u32,
    /// The suggested number of receive buffers.
    pub suggested: u32,
    /// The lookahead split in bytes; 0 for no split.
    pub lookahead: u32,
    /// How its requests are written.
    pub mode: Mode,
    /// The bytes of its descriptor ring; 0 for none.
    pub ring: u32,
    /// The preferred node, when there is one.
    pub node: Option<u32>,
}

/// How the requests of a queue are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Revision 1.
    Revision1,
    /// Revision 2, with the id of the queue.
    Vmq2,
    /// Revision 2, with a virtual port.
    Sriov {
        /// The virtual port.
        vport: u32,
    },
}

/// The numbers in a `halt`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Requests that reached the provider.
    pub requests: u64,
    /// Those of them that were refused.
    pub refused: u64,
    /// Blocks that were freed.
    pub freed: u64,
    /// The most bytes that were held at a time, as requested.
    pub peak: u64,
}

/// A status, under its name without `NDIS_STATUS_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// `SUCCESS`
    Success,
    /// `PENDING`
    Pending,
    /// `FAILURE`
    Failure,
    /// `INVALID_PARAMETER`
    InvalidParameter,
    /// `RESOURCES`
    Resources,
    /// `NOT_SUPPORTED`
    NotSupported,
    /// `INVALID_STATE`
    InvalidState,
}

impl Status {
    const ALL: [Status; 7] = [
        Status::Success,
        Status::Pending,
        Status::Failure,
        Status::InvalidParameter,
        Status::Resources,
        Status::NotSupported,
        Status::InvalidState,
    ];

    /// Its number.
    pub fn value(self) -> i32 {
        let bits: u32 = match self {
            Status::Success => 0,
            Status::Pending => 0x0000_0103,
            Status::Failure => 0xC000_0001,
            Status::InvalidParameter => 0xC000_000D,
            Status::Resources => 0xC000_009A,
            Status::NotSupported => 0xC000_00BB,
            Status::InvalidState => 0xC000_0184,
        };
        bits.cast_signed()
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Status::Success => "SUCCESS",
            Status::Pending => "PENDING",
            Status::Failure => "FAILURE",
            Status::InvalidParameter => "INVALID_PARAMETER",
            Status::Resources => "RESOURCES",
            Status::NotSupported => "NOT_SUPPORTED",
            Status::InvalidState => "INVALID_STATE",
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }

    /// The status of that number.
    pub fn from_value(value: i32) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.value() == value)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a trace tells the provider to refuse, for one adapter.
///
/// Hand every operation of the adapter to [`apply`](Faults::apply), and ask
/// [`verdict`](Faults::verdict) once for every request. An `inject` comes
/// before `exhaust`, and that before `limit`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    requests: u64,
    injected: BTreeMap<u64, Status>,
    last_served: Option<u64>,
    limit: Option<u32>,
}

impl Faults {
    /// Nothing is refused.
    pub fn new() -> Faults {
        Faults::default()
    }

    /// Takes in an operation. Most change nothing.
    pub fn apply(&mut self, operation: &Operation) {
        match operation {
            Operation::Adapter { .. } => *self = Faults::default(),
            Operation::Inject { nth, status } => {
                self.injected.insert(self.requests.saturating_add(*nth), *status);
            }
            Operation::Exhaust { after } => {
                self.last_served = Some(self.requests.saturating_add(*after));
            }
            Operation::Limit { bytes } => self.limit = Some(*bytes),
            Operation::Restore => {
                self.injected.clear();
                self.last_served = None;
                self.limit = None;
            }
            _ => {}
        }
    }

    /// Counts one request for `length` bytes, and returns the status that
    /// refuses it, or `None` when it is to be served.
    pub fn verdict(&mut self, length: u32) -> Option<Status> {
        self.requests += 1;
        if let Some(status) = self.injected.remove(&self.requests) {
            return Some(status);
        }
        let exhausted = self.last_served.is_some_and(|last| self.requests > last);
        let too_long = self.limit.is_some_and(|limit| length > limit);
        (exhausted || too_long).then_some(Status::Resources)
    }
}

/// What is wrong with a trace.
///
/// Its `Display` is like that of a compiler: `vmq.trace:17: ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceError {
    /// The number of the line, from 1.
    pub line: usize,
    /// What was found and what was expected.
    pub sentence: String,
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FILE}:{}: {}", self.line, self.sentence)
    }
}

impl std::error::Error for TraceError {}

/// Reads a trace.
///
/// # Errors
///
/// The first line that breaks the grammar, names an adapter that is not started
/// or starts one that is, or, for an adapter that is never halted, the last
/// line. Numbers that a consumer has to refuse, such as the id of a queue that
/// cannot exist, are no error.
pub fn parse(text: &str) -> Result<Trace, TraceError> {
    let mut steps = Vec::new();
    let mut header = false;
    let mut started: BTreeMap<u32, bool> = BTreeMap::new();
    let mut last = 1;
    for (index, content) in text.lines().enumerate() {
        last = index + 1;
        let content = content.split('#').next().unwrap_or_default();
        let mut words = Words { line: last, words: content.split_whitespace().collect(), next: 0 };
        let Some(first) = words.take() else {
            continue;
        };
        if !header {
            words.header(first)?;
            header = true;
            continue;
        }
        let step = words.step(first)?;
        check_life(&step, &mut started)?;
        steps.push(step);
    }
    if !header {
        return Err(TraceError {
            line: last,
            sentence: format!("the text ends without a first line, expected `vmq-trace {VERSION}`"),
        });
    }
    if let Some((adapter, _)) = started.iter().find(|(_, started)| **started) {
        return Err(TraceError {
            line: last,
            sentence: format!("the text ends and adapter {adapter} still runs, expected `halt {adapter}`"),
        });
    }
    Ok(Trace { steps })
}

/// An adapter is started before it is used, and only when it does not run.
fn check_life(step: &Step, started: &mut BTreeMap<u32, bool>) -> Result<(), TraceError> {
    let adapter = step.adapter;
    let error = |sentence: String| Err(TraceError { line: step.line, sentence });
    let runs = started.get(&adapter).copied();
    match &step.operation {
        Operation::Adapter { .. } => {
            if runs == Some(true) {
                return error(format!(
                    "adapter {adapter} is started and already runs, expected `halt {adapter}` before"
                ));
            }
            started.insert(adapter, true);
        }
        operation => {
            match runs {
                Some(true) => {}
                Some(false) => {
                    return error(format!(
                        "adapter {adapter} was halted, expected `adapter {adapter} align BYTES` before it is used again"
                    ));
                }
                None => {
                    return error(format!(
                        "adapter {adapter} was never started, expected `adapter {adapter} align BYTES` before it is used"
                    ));
                }
            }
            if let Operation::Halt { expect, .. } = operation {
                started.insert(adapter, *expect != Status::Success);
            }
        }
    }
    Ok(())
}

/// The words of one line.
struct Words<'a> {
    line: usize,
    words: Vec<&'a str>,
    next: usize,
}

impl<'a> Words<'a> {
    fn take(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.next).copied();
        self.next += usize::from(word.is_some());
        word
    }

    fn peek(&self) -> Option<&'a str> {
        self.words.get(self.next).copied()
    }

    fn error<T>(&self, sentence: String) -> Result<T, TraceError> {
        Err(TraceError { line: self.line, sentence })
    }

    fn header(&mut self, first: &str) -> Result<(), TraceError> {
        if first != "vmq-trace" {
            return self.error(format!("the first line starts with `{first}`, expected `vmq-trace {VERSION}`"));
        }
        let version: u32 = self.number("the version of the format")?;
        if version != VERSION {
            return self.error(format!("the version of the format is {version}, expected {VERSION}"));
        }
        self.end()
    }

    fn step(&mut self, name: &str) -> Result<Step, TraceError> {
        const NAMES: [&str; 11] = [
            "adapter", "default", "queue", "complete", "free", "return", "halt", "inject", "exhaust", "limit",
            "restore",
        ];
        if !NAMES.contains(&name) {
            return self.error(format!("`{name}` is not an operation, expected one of {}", NAMES.join(", ")));
        }
        let adapter: u32 = self.number("the number of an adapter")?;
        if adapter >= ADAPTERS {
            return self.error(format!("the number of an adapter is {adapter}, expected less than {ADAPTERS}"));
        }
        let operation = match name {
            "adapter" => self.adapter()?,
            "default" => {
                self.keyword("suggested")?;
                Operation::Default {
                    suggested: self.number("the suggested number of buffers")?,
                    expect: self.expect(Status::Success)?,
                }
            }
            "queue" => self.queue()?,
            "complete" => self.complete()?,
            "free" => self.free()?,
            "return" => Operation::Return {
                queue: self.number("the id of a queue")?,
                lists: self.number("a number of lists")?,
                expect: self.expect(Status::Success)?,
            },
            "halt" => self.halt()?,
            "inject" => self.inject()?,
            "exhaust" => {
                self.keyword("after")?;
                Operation::Exhaust { after: self.number("a number of requests")? }
            }
            "limit" => {
                self.keyword("bytes")?;
                Operation::Limit { bytes: self.number("a number of bytes")? }
            }
            _ => Operation::Restore,
        };
        self.end()?;
        Ok(Step { line: self.line, adapter, operation })
    }

    fn adapter(&mut self) -> Result<Operation, TraceError> {
        self.keyword("align")?;
        let align: u32 = self.number("an alignment")?;
        if !(8..=4096).contains(&align) || !align.is_power_of_two() {
            return self.error(format!("the alignment is {align}, expected a power of two from 8 to 4096"));
        }
        Ok(Operation::Adapter { align })
    }

    fn queue(&mut self) -> Result<Operation, TraceError> {
        let id = self.number("the id of a queue")?;
        let mut suggested = None;
        let mut lookahead = None;
        let mut mode = None;
        let mut ring = None;
        let mut node = None;
        while let Some(word) = self.peek().filter(|word| *word != "expect") {
            self.next += 1;
            let given = match word {
                "suggested" => suggested.replace(self.number("the suggested number of buffers")?).is_some(),
                "lookahead" => lookahead.replace(self.number("the bytes of the lookahead split")?).is_some(),
                "vmq2" => mode.replace(Mode::Vmq2).is_some(),
                "sriov" => {
                    let vport = self.number("the id of a virtual port")?;
                    mode.replace(Mode::Sriov { vport }).is_some()
                }
                "ring" => ring.replace(self.number("the bytes of the ring")?).is_some(),
                "node" => node.replace(self.number("the number of a node")?).is_some(),
                _ => {
                    return self.error(format!(
                        "`{word}` is not an option of `queue`, expected suggested, lookahead, vmq2, sriov, ring, node or expect"
                    ));
                }
            };
            if given {
                return self.error(match word {
                    "vmq2" | "sriov" => {
                        "the queue has two modes, expected one of vmq2 and sriov, or neither".to_string()
                    }
                    _ => format!("the option `{word}` comes twice, expected it once"),
                });
            }
        }
        let Some(suggested) = suggested else {
            return self.error("the option `suggested` of `queue` is missing, expected `suggested N`".to_string());
        };
        Ok(Operation::Queue {
            queue: Queue {
                id,
                suggested,
                lookahead: lookahead.unwrap_or(0),
                mode: mode.unwrap_or(Mode::Revision1),
                ring: ring.unwrap_or(0),
                node,
            },
            expect: self.expect(Status::Success)?,
        })
    }

    fn complete(&mut self) -> Result<Operation, TraceError> {
        let mut queues: Vec<u32> = vec![self.number("the id of a queue")?];
        while self.peek().is_some_and(|word| word != "expect") {
            queues.push(self.number("the id of a queue")?);
        }
        let mut expect = Vec::new();
        if self.peek().is_some() {
            self.next += 1;
            while self.peek().is_some() {
                expect.push(self.status()?);
            }
            if expect.len() != queues.len() {
                return self.error(format!(
                    "`expect` names {} statuses for {} queues, expected one for each queue",
                    expect.len(),
                    queues.len()
                ));
            }
        } else {
            expect.resize(queues.len(), Status::Success);
        }
        Ok(Operation::Complete { queues, expect })
    }

    fn free(&mut self) -> Result<Operation, TraceError> {
        let queue = self.number("the id of a queue")?;
        let outstanding = if self.peek() == Some("outstanding") {
            self.next += 1;
            self.number("a number of lists")?
        } else {
            0
        };
        let expect = self.expect(if outstanding == 0 { Status::Success } else { Status::Pending })?;
        Ok(Operation::Free { queue, outstanding, expect })
    }

    fn halt(&mut self) -> Result<Operation, TraceError> {
        let account = if self.peek().is_some_and(|word| word != "expect") {
            let mut account = Account::default();
            for (name, field) in [
                ("requests", &mut account.requests),
                ("refused", &mut account.refused),
                ("freed", &mut account.freed),
                ("peak", &mut account.peak),
            ] {
                self.keyword(name)?;
                *field = self.number("a number of the account")?;
            }
            Some(account)
        } else {
            None
        };
        Ok(Operation::Halt { account, expect: self.expect(Status::Success)? })
    }

    fn inject(&mut self) -> Result<Operation, TraceError> {
        self.keyword("nth")?;
        let nth: u64 = self.number("which request to refuse")?;
        if nth == 0 {
            return self.error("the request to refuse is 0, expected 1 for the next one".to_string());
        }
        let status = self.status()?;
        if !matches!(status, Status::Resources | Status::Failure | Status::InvalidParameter) {
            return self.error(format!(
                "a provider does not refuse with `{status}`, expected RESOURCES, FAILURE or INVALID_PARAMETER"
            ));
        }
        Ok(Operation::Inject { nth, status })
    }

    fn keyword(&mut self, word: &str) -> Result<(), TraceError> {
        match self.take() {
            Some(found) if found == word => Ok(()),
            Some(found) => self.error(format!("found `{found}`, expected `{word}`")),
            None => self.error(format!("the line ends, expected `{word}`")),
        }
    }

    fn number<T: std::str::FromStr + Bounded>(&mut self, what: &str) -> Result<T, TraceError> {
        let Some(word) = self.take() else {
            return self.error(format!("the line ends, expected {what}"));
        };
        if !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.error(format!("`{word}` is not a decimal number, expected {what}"));
        }
        match word.parse() {
            Ok(number) => Ok(number),
            Err(_) => self.error(format!("the number {word} is too large, expected {what}, at most {}", T::LARGEST)),
        }
    }

    fn status(&mut self) -> Result<Status, TraceError> {
        let names = Status::ALL.map(Status::name).join(", ");
        let Some(word) = self.take() else {
            return self.error(format!("the line ends, expected one of {names}"));
        };
        match Status::from_name(word) {
            Some(status) => Ok(status),
            None => self.error(format!("`{word}` is not a status, expected one of {names}")),
        }
    }

    /// An `expect` with one status, or what holds without it.
    fn expect(&mut self, otherwise: Status) -> Result<Status, TraceError> {
        match self.peek() {
            Some("expect") => {
                self.next += 1;
                self.status()
            }
            _ => Ok(otherwise),
        }
    }

    fn end(&mut self) -> Result<(), TraceError> {
        match self.take() {
            None => Ok(()),
            Some(word) => self.error(format!("found `{word}`, expected the end of the line")),
        }
    }
}

/// The largest number of a type, for an error.
trait Bounded {
    const LARGEST: u64;
}

impl Bounded for u32 {
    const LARGEST: u64 = u32::MAX as u64;
}

impl Bounded for u64 {
    const LARGEST: u64 = u64::MAX;
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let a = self.adapter;
        let (expect, otherwise) = match &self.operation {
            Operation::Adapter { align } => return write!(f, "adapter {a} align {align}"),
            Operation::Inject { nth, status } => {
                return write!(f, "inject {a} nth {nth} {status}");
            }
            Operation::Exhaust { after } => return write!(f, "exhaust {a} after {after}"),
            Operation::Limit { bytes } => return write!(f, "limit {a} bytes {bytes}"),
            Operation::Restore => return write!(f, "restore {a}"),
            Operation::Default { suggested, expect } => {
                write!(f, "default {a} suggested {suggested}")?;
                (expect, Status::Success)
            }
            Operation::Queue { queue, expect } => {
                write!(f, "queue {a} {} suggested {}", queue.id, queue.suggested)?;
                if queue.lookahead != 0 {
                    write!(f, " lookahead {}", queue.lookahead)?;
                }
                match queue.mode {
                    Mode::Revision1 => {}
                    Mode::Vmq2 => f.write_str(" vmq2")?,
                    Mode::Sriov { vport } => write!(f, " sriov {vport}")?,
                }
                if queue.ring != 0 {
                    write!(f, " ring {}", queue.ring)?;
                }
                if let Some(node) = queue.node {
                    write!(f, " node {node}")?;
                }
                (expect, Status::Success)
            }
            Operation::Complete { queues, expect } => {
                write!(f, "complete {a}")?;
                for queue in queues {
                    write!(f, " {queue}")?;
                }
                if expect.iter().any(|status| *status != Status::Success) {
                    f.write_str(" expect")?;
                    for status in expect {
                        write!(f, " {status}")?;
                    }
                }
                return Ok(());
            }
            Operation::Free { queue, outstanding, expect } => {
                write!(f, "free {a} {queue}")?;
                if *outstanding == 0 {
                    (expect, Status::Success)
                } else {
                    write!(f, " outstanding {outstanding}")?;
                    (expect, Status::Pending)
                }
            }
            Operation::Return { queue, lists, expect } => {
                write!(f, "return {a} {queue} {lists}")?;
                (expect, Status::Success)
            }
            Operation::Halt { account, expect } => {
                write!(f, "halt {a}")?;
                if let Some(account) = account {
                    let Account { requests, refused, freed, peak } = account;
                    write!(f, " requests {requests} refused {refused} freed {freed} peak {peak}")?;
                }
                (expect, Status::Success)
            }
        };
        if *expect != otherwise {
            write!(f, " expect {expect}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "\
vmq-trace 1
adapter 0 align 64
default 0 suggested 0
queue 0 1 suggested 256 lookahead 128
queue 0 2 suggested 0 vmq2 ring 4096 node 1
queue 0 3 suggested 101 sriov 7
queue 0 9 suggested 64 expect INVALID_PARAMETER
inject 0 nth 3 FAILURE
exhaust 0 after 4
limit 0 bytes 49216
restore 0
complete 0 1 3
complete 0 9 2 expect INVALID_PARAMETER SUCCESS
free 0 1
free 0 2 outstanding 17
free 0 9 outstanding 2 expect INVALID_PARAMETER
return 0 2 9
return 0 2 9 expect INVALID_PARAMETER
halt 0 expect INVALID_STATE
return 0 2 8
halt 0 requests 9 refused 2 freed 7 peak 123456
adapter 0 align 128
halt 0
";

    #[test]
    fn every_operation_is_read_and_written_the_same() {
        let trace = parse(WHOLE).unwrap();
        let mut text = String::from("vmq-trace 1\n");
        for step in &trace.steps {
            text += &format!("{step}\n");
        }
        assert_eq!(text, WHOLE);
        assert_eq!(trace.adapters(), [0]);
        assert_eq!(trace.of(0).count(), trace.steps.len());
        assert_eq!(trace.of(1).count(), 0);
    }

    #[test]
    fn comments_blank_lines_and_order_of_options_do_not_matter() {
        let trace = parse(
            "# first\n\n  vmq-trace 1 # version\r\n\tadapter 3   align 8#\n\
             queue 3 1 node 2 ring 8192 vmq2 suggested 5\nhalt 3\n",
        )
        .unwrap();
        assert_eq!(trace.steps[0].line, 4);
        assert_eq!(trace.steps[0].operation, Operation::Adapter { align: 8 });
        assert_eq!(trace.steps[1].to_string(), "queue 3 1 suggested 5 vmq2 ring 8192 node 2");
    }

    #[test]
    fn expectations_follow_from_the_operation() {
        let trace = parse(WHOLE).unwrap();
        let Operation::Free { expect, .. } = trace.steps[13].operation else {
            panic!("{:?}", trace.steps[13]);
        };
        assert_eq!(expect, Status::Pending);
        let Operation::Complete { expect, .. } = &trace.steps[10].operation else {
            panic!("{:?}", trace.steps[10]);
        };
        assert_eq!(expect, &[Status::Success; 2]);
    }

    #[test]
    fn accounts_are_added_up() {
        let text = "vmq-trace 1\nadapter 0 align 64\nadapter 1 align 64\n\
                    halt 0 expect INVALID_STATE\n\
                    halt 0 requests 5 refused 2 freed 3 peak 100\n\
                    halt 1 requests 1 refused 0 freed 1 peak 30\nadapter 0 align 64\n\
                    halt 0 requests 7 refused 1 freed 6 peak 70\n";
        assert_eq!(parse(text).unwrap().account(), Some(Account { requests: 13, refused: 3, freed: 10, peak: 130 }));
        assert_eq!(parse(WHOLE).unwrap().account(), None);
    }

    #[test]
    fn statuses_have_names_and_numbers() {
        for status in Status::ALL {
            assert_eq!(Status::from_name(status.name()), Some(status));
            assert_eq!(Status::from_value(status.value()), Some(status));
        }
        assert_eq!(Status::Resources.value(), -1_073_741_670);
        assert_eq!(Status::from_name("success"), None);
        assert_eq!(Status::from_value(1), None);
    }

    #[test]
    fn faults_are_counted_from_their_line() {
        let mut faults = Faults::new();
        assert_eq!(faults.verdict(1), None);
        faults.apply(&Operation::Inject { nth: 2, status: Status::Failure });
        faults.apply(&Operation::Exhaust { after: 3 });
        faults.apply(&Operation::Limit { bytes: 100 });
        assert_eq!(faults.verdict(100), None);
        assert_eq!(faults.verdict(101), Some(Status::Failure));
        assert_eq!(faults.verdict(101), Some(Status::Resources));
        assert_eq!(faults.verdict(1), Some(Status::Resources));
        faults.apply(&Operation::Restore);
        assert_eq!(faults.verdict(u32::MAX), None);
        faults.apply(&Operation::Exhaust { after: 0 });
        assert_eq!(faults.verdict(1), Some(Status::Resources));
        faults.apply(&Operation::Adapter { align: 64 });
        assert_eq!(faults, Faults::new());
    }

    /// The error of a text, as it is printed.
    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    /// The error of a line 3, after the start of adapter 0.
    fn in_line(line: &str) -> String {
        let error = error(&format!("vmq-trace 1\nadapter 0 align 64\n{line}\nhalt 0\n"));
        error.strip_prefix("vmq.trace:3: ").unwrap_or_else(|| panic!("not in line 3: {error}")).to_string()
    }

    #[test]
    fn errors_of_the_first_line() {
        assert_eq!(error(""), "vmq.trace:1: the text ends without a first line, expected `vmq-trace 1`");
        assert_eq!(
            error("# only\n# comments\n"),
            "vmq.trace:2: the text ends without a first line, expected `vmq-trace 1`"
        );
        assert_eq!(
            error("\nadapter 0 align 64\n"),
            "vmq.trace:2: the first line starts with `adapter`, expected `vmq-trace 1`"
        );
        assert_eq!(error("vmq-trace 2\n"), "vmq.trace:1: the version of the format is 2, expected 1");
        assert_eq!(error("vmq-trace\n"), "vmq.trace:1: the line ends, expected the version of the format");
        assert_eq!(error("vmq-trace 1 1\n"), "vmq.trace:1: found `1`, expected the end of the line");
    }

    #[test]
    fn errors_of_words_and_numbers() {
        assert_eq!(
            in_line("allocate 0 1"),
            "`allocate` is not an operation, expected one of adapter, default, queue, complete, free, return, halt, inject, exhaust, limit, restore"
        );
        assert_eq!(in_line("return"), "the line ends, expected the number of an adapter");
        assert_eq!(in_line("return 0 1 -4"), "`-4` is not a decimal number, expected a number of lists");
        assert_eq!(
            in_line("return 0 4294967296 1"),
            "the number 4294967296 is too large, expected the id of a queue, at most 4294967295"
        );
        assert_eq!(
            in_line("exhaust 0 after 18446744073709551616"),
            "the number 18446744073709551616 is too large, expected a number of requests, at most 18446744073709551615"
        );
        assert_eq!(in_line("restore 16"), "the number of an adapter is 16, expected less than 16");
        assert_eq!(in_line("restore 0 now"), "found `now`, expected the end of the line");
        assert_eq!(in_line("limit 0 byte 5"), "found `byte`, expected `bytes`");
        assert_eq!(in_line("default 0"), "the line ends, expected `suggested`");
        assert_eq!(
            in_line("free 0 1 expect ok"),
            "`ok` is not a status, expected one of SUCCESS, PENDING, FAILURE, INVALID_PARAMETER, RESOURCES, NOT_SUPPORTED, INVALID_STATE"
        );
        assert_eq!(
            in_line("free 0 1 expect"),
            "the line ends, expected one of SUCCESS, PENDING, FAILURE, INVALID_PARAMETER, RESOURCES, NOT_SUPPORTED, INVALID_STATE"
        );
        assert_eq!(in_line("free 0 1 expect SUCCESS SUCCESS"), "found `SUCCESS`, expected the end of the line");
        assert_eq!(in_line("free 0 1 outstanding"), "the line ends, expected a number of lists");
    }

    #[test]
    fn errors_of_options() {
        for align in ["0", "4", "96", "8192"] {
            assert_eq!(
                error(&format!("vmq-trace 1\nadapter 0 align {align}\n")),
                format!("vmq.trace:2: the alignment is {align}, expected a power of two from 8 to 4096")
            );
        }
        assert_eq!(in_line("queue 0 1"), "the option `suggested` of `queue` is missing, expected `suggested N`");
        assert_eq!(
            in_line("queue 0 1 suggested 1 split 64"),
            "`split` is not an option of `queue`, expected suggested, lookahead, vmq2, sriov, ring, node or expect"
        );
        for option in ["suggested", "lookahead", "ring", "node"] {
            assert_eq!(
                in_line(&format!("queue 0 1 {option} 1 {option} 1")),
                format!("the option `{option}` comes twice, expected it once")
            );
        }
        for modes in ["vmq2 vmq2", "vmq2 sriov 1", "sriov 1 vmq2", "sriov 1 sriov 1"] {
            assert_eq!(
                in_line(&format!("queue 0 1 suggested 1 {modes}")),
                "the queue has two modes, expected one of vmq2 and sriov, or neither"
            );
        }
        assert_eq!(in_line("complete 0"), "the line ends, expected the id of a queue");
        assert_eq!(
            in_line("complete 0 expect SUCCESS"),
            "`expect` is not a decimal number, expected the id of a queue"
        );
        assert_eq!(
            in_line("complete 0 1 2 expect SUCCESS"),
            "`expect` names 1 statuses for 2 queues, expected one for each queue"
        );
        assert_eq!(in_line("halt 0 requests 1 freed 1"), "found `freed`, expected `refused`");
        assert_eq!(in_line("inject 0 nth 0 FAILURE"), "the request to refuse is 0, expected 1 for the next one");
        for status in ["SUCCESS", "PENDING", "NOT_SUPPORTED", "INVALID_STATE"] {
            assert_eq!(
                in_line(&format!("inject 0 nth 1 {status}")),
                format!("a provider does not refuse with `{status}`, expected RESOURCES, FAILURE or INVALID_PARAMETER")
            );
        }
    }

    #[test]
    fn errors_of_the_life_of_an_adapter() {
        assert_eq!(
            in_line("free 1 1"),
            "adapter 1 was never started, expected `adapter 1 align BYTES` before it is used"
        );
        assert_eq!(in_line("adapter 0 align 64"), "adapter 0 is started and already runs, expected `halt 0` before");
        assert_eq!(
            error("vmq-trace 1\nadapter 0 align 64\nhalt 0\nfree 0 1\n"),
            "vmq.trace:4: adapter 0 was halted, expected `adapter 0 align BYTES` before it is used again"
        );
        assert_eq!(
            error("vmq-trace 1\nadapter 0 align 64\nadapter 2 align 64\nhalt 0\n# end\n"),
            "vmq.trace:5: the text ends and adapter 2 still runs, expected `halt 2`"
        );
        assert_eq!(
            error("vmq-trace 1\nadapter 0 align 64\nhalt 0 expect INVALID_STATE\n"),
            "vmq.trace:3: the text ends and adapter 0 still runs, expected `halt 0`"
        );
    }
}
