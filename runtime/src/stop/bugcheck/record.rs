//! [`Record`]: what a crash dump shows of the panic or the broken contract that stopped the machine.

use core::cell::UnsafeCell;
use core::fmt::{self, Write};
use core::mem::offset_of;
use core::panic::Location;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::contract::irql::Irql;
use crate::sys::NDIS_HANDLE;

/// Why the machine is stopped: the first parameter of the bugcheck, and [`Record`]'s `reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
#[non_exhaustive]
pub enum Reason {
    /// A broken contract, after which no answer to NDIS is legal.
    Contract = 1,
    /// A panic, in a build or a callback where panics stop the machine.
    Panic = 2,
    /// A panic that was contained: in the record of the first panic, never in a bugcheck.
    Contained = 3,
    /// A panic on a stack that has nothing to catch it. Rare: what calls a driver is foreign code.
    NoBoundary = 0x11,
    /// A panic that would have unwound a function which must not unwind: `extern "C"` code, or a destructor that ran
    /// because of another panic. Also an infallible allocation without memory. Where the compiler notices only on the
    /// way, it panics itself: this record is then of that panic, and the first panic's record is of the one before.
    Nounwind = 0x12,
    /// A panic above a frame of another image, or of a language other than Rust. Also one outside of every callback,
    /// since what calls a driver is foreign code.
    ForeignFrame = 0x13,
    /// A panic with too many frames above it.
    TooDeep = 0x14,
    /// A panic above a frame whose unwind tables are not as they should be.
    Tables = 0x15,
}

/// Where the fields of a [`Record`] are, in bytes from its start; the same for all processors.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0x00 | 8 | `NDISREC1` |
/// | 0x08 | 4 | state: 0 empty, 1 being written, 2 written |
/// | 0x0c | 4 | reason: a number of [`Reason`] |
/// | 0x10 | 8 | context: the driver's context handle that NDIS passed to the callback, or 0; for `DriverEntry` and `DriverUnload` the driver object |
/// | 0x18 | 4 | line, or 0 |
/// | 0x1c | 4 | column, or 0 |
/// | 0x20 | 4 | processor: its index in the system |
/// | 0x24 | 4 | IRQL |
/// | 0x28 | 64 | callback: its name in ndis.h, or `DriverEntry`, `DriverUnload`; empty outside of these |
/// | 0x68 | 88 | file: the end of its path, empty for a broken contract |
/// | 0xc0 | 256 | message: its first 255 bytes |
///
/// The texts end in a zero byte. What is longer is cut: a path at its start, the others at their end. The message is
/// written last; a state that stays 1 says that making it panicked, or that the machine stopped meanwhile.
#[repr(C)]
pub struct Record {
    signature: [u8; 8],
    state: AtomicU32,
    reason: AtomicU32,
    written: UnsafeCell<Written>,
}

/// The records of a driver, one behind the other.
#[derive(Debug)]
#[repr(C)]
pub struct Records {
    /// The first panic since the driver was loaded.
    pub first_panic: Record,
    /// What stopped the machine, where that was not the first panic.
    pub stopped: Record,
}

#[repr(C)]
struct Written {
    context: u64,
    line: u32,
    column: u32,
    processor: u32,
    irql: u32,
    callback: [u8; 64],
    file: [u8; 88],
    message: [u8; 256],
}

const _: () = {
    const START: usize = offset_of!(Record, written);
    assert!(START == 0x10 && START + offset_of!(Written, irql) == 0x24);
    assert!(START + offset_of!(Written, callback) == 0x28 && START + offset_of!(Written, file) == 0x68);
    assert!(START + offset_of!(Written, message) == 0xc0 && size_of::<Record>() == 0x1c0);
};

const EMPTY: u32 = 0;
const WRITING: u32 = 1;
const WRITTEN: u32 = 2;

/// What a record is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) reason: Reason,
    pub(crate) callback: &'a str,
    pub(crate) context: NDIS_HANDLE,
    pub(crate) irql: Irql,
    pub(crate) processor: u32,
    pub(crate) location: Option<&'a Location<'a>>,
    pub(crate) message: fmt::Arguments<'a>,
}

// SAFETY: `written` is written by whoever moved `state` away from `EMPTY`, which one can, and read by debuggers.
unsafe impl Sync for Record {}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("state", &self.state).field("reason", &self.reason).finish_non_exhaustive()
    }
}

impl Record {
    pub(crate) const fn empty() -> Record {
        let written = Written {
            context: 0,
            line: 0,
            column: 0,
            processor: 0,
            irql: 0,
            callback: [0; 64],
            file: [0; 88],
            message: [0; 256],
        };
        Record {
            signature: *b"NDISREC1",
            state: AtomicU32::new(EMPTY),
            reason: AtomicU32::new(0),
            written: UnsafeCell::new(written),
        }
    }

    /// Writes the record, unless it is or was being written; says whether it did. The message comes last, since code of
    /// the driver makes it.
    pub(crate) fn write(&self, facts: Facts<'_>) -> bool {
        if self.state.compare_exchange(EMPTY, WRITING, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return false;
        }
        self.reason.store(facts.reason as u32, Ordering::Relaxed);
        // SAFETY: the state was `EMPTY` and never is again, so nobody else comes here. The message is made while the
        // rest is complete; a panic in it finds the state taken.
        let written = unsafe { &mut *self.written.get() };
        written.context = facts.context.addr() as u64;
        written.irql = facts.irql.as_raw().into();
        written.processor = facts.processor;
        cut(&mut written.callback, format_args!("{}", facts.callback));
        if let Some(at) = facts.location {
            (written.line, written.column) = (at.line(), at.column());
            let path = at.file().as_bytes();
            let (length, room) = (path.len(), written.file.len() - 1);
            let end = &path[length.saturating_sub(room)..];
            written.file[..end.len()].copy_from_slice(end);
        }
        cut(&mut written.message, facts.message);
        self.state.store(WRITTEN, Ordering::Release);
        true
    }

    /// Whether its message is being made, or panicked when it was.
    pub(crate) fn is_being_written(&self) -> bool {
        self.state.load(Ordering::Relaxed) == WRITING
    }

    /// Notes what became of a panic.
    pub(crate) fn set_reason(&self, reason: Reason) {
        self.reason.store(reason as u32, Ordering::Relaxed);
    }

    /// The address of the message.
    pub(crate) fn message(&self) -> *const u8 {
        self.written.get().cast::<u8>().wrapping_add(offset_of!(Written, message))
    }
}

/// Writes as much of `text` as there is room for, and a zero byte behind it.
pub(crate) fn cut(room: &mut [u8], text: fmt::Arguments<'_>) {
    let Some(first) = room.first_mut() else { return };
    *first = 0;
    // A text that was cut is an error to `write_fmt`; what fits is there all the same.
    let _ = Cut { room, length: 0 }.write_fmt(text);
}

struct Cut<'a> {
    room: &'a mut [u8],
    length: usize,
}

impl Write for Cut<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.room.len() - 1;
        let room = &mut self.room[self.length..end];
        let fits = text.len().min(room.len());
        room[..fits].copy_from_slice(&text.as_bytes()[..fits]);
        self.length += fits;
        self.room[self.length] = 0;
        if fits == text.len() { Ok(()) } else { Err(fmt::Error) }
    }
}

#[cfg(test)]
mod tests {
    use std::string::String;
    use std::sync::atomic::AtomicUsize;
    use std::vec::Vec;
    use std::{panic, thread};

    use super::*;

    fn facts<'a>(message: fmt::Arguments<'a>, location: Option<&'a Location<'a>>) -> Facts<'a> {
        let context = core::ptr::without_provenance_mut(0x1234);
        Facts {
            reason: Reason::Panic,
            callback: "MINIPORT_ISR",
            context,
            irql: Irql::HIGH,
            processor: 3,
            location,
            message,
        }
    }

    fn bytes(record: &Record) -> &[u8] {
        // SAFETY: a record has no padding, and nobody writes it any more.
        unsafe { core::slice::from_raw_parts((&raw const *record).cast(), size_of::<Record>()) }
    }

    fn text(bytes: &[u8]) -> String {
        let end = bytes.iter().position(|byte| *byte == 0).expect("texts end");
        String::from_utf8(bytes[..end].into()).unwrap()
    }

    fn number(record: &Record, offset: usize) -> u32 {
        u32::from_ne_bytes(bytes(record)[offset..][..4].try_into().unwrap())
    }

    #[test]
    fn fields_are_where_the_documentation_says() {
        let record = Record::empty();
        let here = Location::caller();
        assert!(record.write(facts(format_args!("{} left", 7), Some(here))));
        assert_eq!(&bytes(&record)[..8], b"NDISREC1");
        assert_eq!((number(&record, 8), number(&record, 0xc)), (WRITTEN, 2));
        assert_eq!(number(&record, 0x10), 0x1234);
        assert_eq!((number(&record, 0x18), number(&record, 0x1c)), (here.line(), here.column()));
        assert_eq!((number(&record, 0x20), number(&record, 0x24)), (3, Irql::HIGH.as_raw().into()));
        assert_eq!(text(&bytes(&record)[0x28..0x68]), "MINIPORT_ISR");
        assert!(here.file().ends_with(&text(&bytes(&record)[0x68..0xc0])));
        assert_eq!(text(&bytes(&record)[0xc0..]), "7 left");
        assert!(!record.is_being_written());
        record.set_reason(Reason::ForeignFrame);
        assert_eq!(number(&record, 0xc), 0x13);
        assert_eq!(record.message(), &raw const bytes(&record)[0xc0]);
    }

    #[test]
    fn the_first_wins() {
        let record = Record::empty();
        let written = AtomicUsize::new(0);
        thread::scope(|scope| {
            for n in 0..4 {
                let (record, written) = (&record, &written);
                scope.spawn(move || {
                    if record.write(facts(format_args!("{n}"), None)) {
                        written.store(n, Ordering::Relaxed);
                    }
                });
            }
        });
        assert!(!record.write(facts(format_args!("late"), None)));
        assert_eq!(text(&bytes(&record)[0xc0..]), std::format!("{}", written.load(Ordering::Relaxed)));
    }

    #[test]
    fn long_texts_are_cut() {
        let record = Record::empty();
        let long: String = (0..100).map(|n| std::format!("{n} ")).collect();
        assert!(record.write(Facts { callback: &long, ..facts(format_args!("{long}{long}"), None) }));
        assert_eq!(text(&bytes(&record)[0x28..0x68]), long[..63]);
        assert_eq!(text(&bytes(&record)[0xc0..]), long[..255]);
    }

    #[test]
    fn a_message_that_panics_leaves_the_rest() {
        struct Panics;
        impl fmt::Display for Panics {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                panic::resume_unwind(std::boxed::Box::new(()))
            }
        }
        let record = Record::empty();
        let write = panic::AssertUnwindSafe(|| record.write(facts(format_args!("so far {Panics}"), None)));
        let outcome = panic::catch_unwind(write);
        assert!(outcome.is_err());
        assert_eq!(number(&record, 8), WRITING);
        assert!(record.is_being_written());
        assert_eq!(text(&bytes(&record)[0x28..0x68]), "MINIPORT_ISR");
        assert_eq!(text(&bytes(&record)[0xc0..]), "so far ");
        assert!(!record.write(facts(format_args!("again"), None)));
    }

    #[test]
    fn no_room_is_no_panic() {
        let mut none: Vec<u8> = Vec::new();
        cut(&mut none, format_args!("text"));
        let mut one = [7];
        cut(&mut one, format_args!("text"));
        assert_eq!(one, [0]);
    }
}
