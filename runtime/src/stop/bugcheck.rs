//! Stopping the machine: for a panic that is not contained, and for a breach after which no answer to NDIS is legal.
//!
//! # The bugcheck
//!
//! | | |
//! |---|---|
//! | code | [`CODE`] |
//! | parameter 1 | why: a number of [`Reason`] |
//! | parameter 2 | the address of the [`Record`] of it |
//! | parameter 3 | the line of the panic, or 0 |
//! | parameter 4 | the address of the message in that record, a text that ends in a zero |
//!
//! # Records
//!
//! There are two records, [`RECORDS`]: the first panic since the driver was loaded, also one that was contained, and
//! what stopped the machine if that was something else. Each is written once. A processor that finds both taken points
//! to the second. No lock is taken and nothing is allocated, so a record is written at any IRQL. The message comes from
//! the `Display` of the panicking code; the rest of the record does not depend on it.
//!
//! A record holds its texts, not pointers to them, so that a dump needs nothing but the record. The driver's image
//! registers both as secondary dump data ([`driver_entry!`](crate::driver_entry), `KeRegisterBugCheckReasonCallback`),
//! for dumps without the driver's memory, such as minidumps.
//!
//! # In WinDbg
//!
//! ```text
//! .bugcheck                        the code and its parameters
//! da <parameter 4>                 the message
//! da <parameter 2> + 28            the callback
//! da <parameter 2> + 68            the file
//! dt <image>!ndis::bugcheck::record::Record <parameter 2>      all of it, with the image's PDB
//! x <image>!*bugcheck::RECORDS*     both records, also of a machine that runs
//! .enumtag                         both records in a dump that has no other memory: {84d7b5fd-6b3a-4b06-<of the driver>}
//! ```
//!
//! These commands are from WinDbg's documentation; they have not been run by this project, which has no Windows machine.
//! What they would read is tested: see `docs/windows.md`.

#[cfg(any(doc, ndis_image))]
mod kernel;
#[cfg(any(test, doc, ndis_image))]
mod record;
#[cfg(any(doc, ndis_image))]
mod secondary_dump;

#[cfg(not(ndis_image))]
use crate::contract::breach::BreachKind;

#[cfg(any(doc, ndis_image))]
pub(crate) use kernel::bugcheck;
#[cfg(ndis_image)]
pub(crate) use kernel::stop;
#[cfg(any(doc, ndis_image))]
pub(crate) use record::{Facts, cut};
#[cfg(any(test, doc, ndis_image))]
pub use record::{Reason, Record, Records};
#[cfg(any(doc, ndis_image))]
pub(crate) use secondary_dump::SecondaryDump;

/// The bugcheck code of this crate (bit 29 marks a code that is not Microsoft's).
pub const CODE: u32 = 0xE04E_4449;

/// What a dump of a machine shows that this driver stopped.
#[cfg(any(doc, ndis_image))]
pub static RECORDS: Records = Records { first_panic: Record::empty(), stopped: Record::empty() };

/// Stops: `KeBugCheckEx` in a kernel build, a message and `abort` in a `std` build.
#[cold]
#[cfg(feature = "std")]
pub(crate) fn stop(callback: &'static str, kind: BreachKind) -> ! {
    use std::io::Write;

    // A standard error that is closed is no reason to panic here.
    let _ = std::writeln!(std::io::stderr(), "ndis: bugcheck {CODE:#x}: {callback}: {kind}");
    std::process::abort()
}

/// Stops a build that no machine runs.
#[cold]
#[cfg(all(not(feature = "std"), not(windows)))]
pub(crate) fn stop(callback: &'static str, kind: BreachKind) -> ! {
    panic!("bugcheck {CODE:#x}: {callback}: {kind}")
}
