//! What a machine noticed: breaches of the contract, each with its source, and counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use ndis::{BreachKind, NdisStatus};

/// Who says that something is a breach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Source {
    /// A rule of Driver Verifier's NDIS/WIFI checks, or of Static Driver Verifier.
    DriverVerifier(&'static str),
    /// Windows stops with this bugcheck code and first parameter.
    Bugcheck(u32, u32),
    /// The documentation of the callback or function, or the annotations in its header.
    Documentation,
    /// Nobody but this crate: legal by the letter, and a mistake all the same.
    Lint,
    /// The entry that `#[ndis_callback]` wrote noticed it.
    Entry,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::DriverVerifier(rule) => write!(f, "driver verifier, {rule}"),
            Source::Bugcheck(code, 0) => write!(f, "bugcheck {code:#x}"),
            Source::Bugcheck(code, parameter) => write!(f, "bugcheck {code:#x}/{parameter:#04x}"),
            Source::Documentation => f.write_str("documentation"),
            Source::Lint => f.write_str("lint"),
            Source::Entry => f.write_str("entry"),
        }
    }
}

/// Declares the rules with their sources.
macro_rules! rules {
    ($( $(#[$doc:meta])* $rule:ident: $source:expr; )*) => {
        /// What was broken.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[non_exhaustive]
        pub enum Rule {
            $(
                $(#[$doc])*
                $rule,
            )*
            /// What the entry that `#[ndis_callback]` wrote noticed, or the runtime behind it.
            Entry(BreachKind),
        }

        impl Rule {
            /// Who says so.
            pub const fn source(self) -> Source {
                match self {
                    $( Rule::$rule => $source, )*
                    Rule::Entry(_) => Source::Entry,
                }
            }
        }
    };
}

const NDIS_DRIVER: u32 = 0x7C;
const IRQL_UNEXPECTED_VALUE: u32 = 0xC8;

rules! {
    /// An NDIS function was called above the level it may be called at.
    RaisedIrql: Source::Documentation;
    /// A pointer argument of an NDIS function is NULL or misaligned.
    BadPointer: Source::Documentation;
    /// A structure passed to an NDIS function has a wrong type, a revision of 0, or is too short.
    ObjectHeader: Source::Bugcheck(NDIS_DRIVER, 0x21);
    /// A handle that NDIS never gave.
    UnknownHandle: Source::Documentation;
    /// A handle that has ended.
    StaleHandle: Source::Documentation;
    /// A handle of something else than the function takes.
    HandleKind: Source::Documentation;
    /// Characteristics without a handler that NDIS requires.
    MissingHandler: Source::Documentation;
    /// Characteristics with a bad version or name.
    Characteristics: Source::Documentation;
    /// Optional handlers were set with a driver's handle outside its set options callback.
    OutsideSetOptions: Source::Documentation;
    /// A driver was still registered when the machine finished.
    DriverStillRegistered: Source::Documentation;

    /// A callback returned at another level than it was called at.
    IrqlChanged: Source::Bugcheck(IRQL_UNEXPECTED_VALUE, 0);
    /// A callback returned a status that it may not return.
    IllegalStatus: Source::Documentation;

    /// An allocation succeeded and its handle was not written.
    HandleNotWritten: Source::Documentation;
    /// An allocation succeeded with NULL for a handle.
    NullBlockHandle: Source::Lint;
    /// An allocation succeeded with the handle of a block that is in use.
    BlockHandleReused: Source::Lint;
    /// An allocation succeeded with memory that a block in use has, or with one piece of memory twice.
    MemoryInUse: Source::Lint;
    /// An allocation failed and wrote a handle that is not NULL.
    HandleWrittenOnFailure: Source::Documentation;
    /// An allocation failed and changed the parameters.
    ParametersWrittenOnFailure: Source::Lint;
    /// An allocation failed and wrote to the scatter/gather list.
    ListWrittenOnFailure: Source::Lint;
    /// An allocation changed a field that only NDIS writes.
    InputChanged: Source::Documentation;
    /// An allocation wrote past the parameters that it was given, or before them.
    ParametersOverrun: Source::Documentation;
    /// An allocation wrote past the scatter/gather list that it was given, or before it.
    ListOverrun: Source::Documentation;
    /// An allocation's list has more elements than there is room for.
    TooManyElements: Source::Documentation;
    /// The elements of an allocation's list hold less than was asked for.
    ListTooShort: Source::Documentation;
    /// The list of a contiguous allocation has not exactly one element.
    NotContiguous: Source::Documentation;
    /// An allocation succeeded with NULL for `SharedMemoryHandle`, which means memory without a provider.
    NullSharedMemoryHandle: Source::Documentation;
    /// An allocation succeeded with NULL for `VirtualAddress`.
    NullVirtualAddress: Source::Documentation;
    /// An allocation succeeded that could not: what it was called with was made wrong on purpose.
    FaultAccepted: Source::Lint;

    /// Shared memory was allocated at a raised level. (The bugcheck is documented for `NdisMAllocateSharedMemory`.)
    AllocatedAtRaisedIrql: Source::Bugcheck(NDIS_DRIVER, 0x01);
    /// Shared memory was asked for without scatter/gather DMA.
    NoScatterGatherDma: Source::Documentation;
    /// A block was freed again. (The bugcheck is documented for `NdisMFreeSharedMemory`.)
    DoubleFree: Source::Bugcheck(NDIS_DRIVER, 0x03);
    /// A block was freed with another handle than it was allocated with.
    WrongNdisHandle: Source::Documentation;
    /// An adapter halted with blocks it had not freed.
    BlocksOutliveConsumer: Source::Lint;
    /// A provider's driver was deregistered while its blocks were in use.
    BlocksOutliveProvider: Source::Lint;
    /// Blocks were in use when the machine finished.
    BlocksNeverFreed: Source::Lint;
    /// A provider counts other blocks outside than NDIS has.
    OutstandingMismatch: Source::Lint;
    /// An adapter halted with its scatter/gather DMA registered, or registered it twice.
    DmaRegistration: Source::DriverVerifier("Init_RegisterSG");

    /// A filter module attached without setting its attributes.
    AttributesNotSet: Source::Documentation;
    /// Attributes of a filter module were set outside its attach callback.
    AttributesOutsideAttach: Source::Documentation;
    /// A pause was completed that was not pending.
    UnexpectedPauseComplete: Source::Bugcheck(NDIS_DRIVER, 0x1F);
    /// A pending pause was never completed.
    PauseNotCompleted: Source::Documentation;

    /// An OID request was completed that the adapter did not have.
    UnknownOidRequest: Source::Documentation;
    /// An OID request was completed twice.
    OidCompletedTwice: Source::DriverVerifier("NdisOidDoubleComplete");
    /// An OID request was completed with a status that no completion has.
    OidCompletedPending: Source::DriverVerifier("NdisOidComplete");
    /// An OID request was never completed.
    OidNotCompleted: Source::DriverVerifier("NdisTimedOidComplete");
    /// An OID request says that more was written than there is room for.
    OidOverrun: Source::Bugcheck(NDIS_DRIVER, 0x1D);
    /// A list was completed that the adapter was not given.
    UnknownNetBufferList: Source::Documentation;
    /// A list was completed twice.
    ListCompletedTwice: Source::DriverVerifier("DoubleComplete");
    /// A list was never completed.
    ListNotCompleted: Source::DriverVerifier("NdisTimedDataSend");
    /// A flag says that the caller is at DISPATCH_LEVEL, and it is not.
    DispatchFlag: Source::DriverVerifier("Flags_Irql");
}

/// One breach.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breach {
    /// What was broken.
    pub rule: Rule,
    /// The callback or NDIS function in which it was noticed, under its ndis.h name.
    pub place: &'static str,
    /// The details.
    pub text: String,
    /// It was noticed by an entry in a call that a fault was injected into: the driver did right to refuse.
    pub provoked: bool,
}

impl Breach {
    /// Who says that it is one.
    pub fn source(&self) -> Source {
        self.rule.source()
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.place, self.text, self.source())?;
        if self.provoked { f.write_str(" (provoked)") } else { Ok(()) }
    }
}

/// Something that nobody has documented, and that this crate decided. A report names those that a run relied on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Assumption {
    /// There were several providers: the one that registered last is asked.
    NewestProvider,
    /// There was no provider: NDIS takes memory from the HAL, in one piece, with NULL for `SharedMemoryHandle`.
    HalFallback,
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Assumption::NewestProvider => "of several providers NDIS asks the one that registered last",
            Assumption::HalFallback => "without a provider NDIS takes contiguous memory from the HAL",
        })
    }
}

/// What happened, in numbers.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Counts {
    /// Blocks of shared memory that consumers got.
    pub allocations: u64,
    /// Blocks that consumers freed.
    pub frees: u64,
    /// Blocks that consumers have now.
    pub live_blocks: usize,
    /// The bytes of these, as asked for.
    pub live_bytes: u64,
    /// The most bytes that consumers had at a time.
    pub peak_bytes: u64,
    /// [`Pages`](crate::Pages) that exist now.
    pub live_pages: usize,
    /// The bytes of these.
    pub live_page_bytes: usize,
    pub(crate) failures: BTreeMap<i32, u64>,
}

impl Counts {
    /// Requests for shared memory that ended with this status.
    pub fn failures(&self, status: NdisStatus) -> u64 {
        self.failures.get(&status.as_raw()).copied().unwrap_or(0)
    }

    /// Requests for shared memory that failed.
    pub fn all_failures(&self) -> u64 {
        self.failures.values().sum()
    }
}

/// Everything a machine noticed.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
#[must_use = "a report that nobody reads finds nothing"]
pub struct Report {
    pub(crate) breaches: Vec<Breach>,
    pub(crate) assumptions: BTreeSet<Assumption>,
    pub(crate) counts: Counts,
}

impl Report {
    /// Whether there was no breach. Those that an injected fault provoked do not count.
    pub fn is_clean(&self) -> bool {
        self.breaches.iter().all(|breach| breach.provoked)
    }

    /// All breaches, in order.
    pub fn breaches(&self) -> &[Breach] {
        &self.breaches
    }

    /// What was broken, in order.
    pub fn rules(&self) -> Vec<Rule> {
        self.breaches.iter().map(|breach| breach.rule).collect()
    }

    /// What the run relied on that nobody has documented.
    pub fn assumptions(&self) -> &BTreeSet<Assumption> {
        &self.assumptions
    }

    /// What happened, in numbers.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Panics with the report unless it [is clean](Self::is_clean).
    #[track_caller]
    pub fn assert_clean(&self) {
        assert!(self.is_clean(), "{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.breaches.len() {
            0 => writeln!(f, "no breaches")?,
            1 => writeln!(f, "1 breach")?,
            several => writeln!(f, "{several} breaches")?,
        }
        for (index, breach) in self.breaches.iter().enumerate() {
            writeln!(f, "{:3}. {breach}", index + 1)?;
        }
        let counts = &self.counts;
        write!(
            f,
            "{} blocks allocated, {} freed, at most {} bytes at a time",
            counts.allocations, counts.frees, counts.peak_bytes
        )?;
        for (status, number) in &counts.failures {
            write!(f, "\n{number} requests failed with {}", NdisStatus::from_raw(*status))?;
        }
        for assumption in &self.assumptions {
            write!(f, "\nassumed: {assumption}")?;
        }
        Ok(())
    }
}
