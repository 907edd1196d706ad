//! What becomes of a panic in a kernel.

use core::panic::PanicInfo;

use super::{CallSite, innermost_call};
use crate::contract::irql::Irql;
use crate::contract::ntoskrnl::processor;
use crate::stop::bugcheck::{Facts, RECORDS, Reason, Record, bugcheck};
use crate::stop::print::print;

/// What the `#[panic_handler]` of an image does: records the panic, prints it to the kernel debugger, and stops the
/// machine as [`bugcheck`](crate::stop::bugcheck) says. IRQL: any (nothing is printed above DIRQL). Takes no lock and allocates
/// nothing, except what the message's own `Display` does.
///
/// The feature `panic-handler` of this crate is such a handler.
///
/// With the feature `panic-unwind` it unwinds to the callback's entry instead, if that can be done: the function's values
/// are dropped, and NDIS gets the callback's answer. It stops the machine where it cannot, and in a callback that has no
/// answer to a panic, or that runs with a context which an earlier panic had poisoned: with the stack as the panic left it.
pub fn panicked(info: &PanicInfo<'_>) -> ! {
    let call = innermost_call();
    let is_fatal = call.is_some_and(|call| call.is_fatal());
    let becomes = if cfg!(feature = "panic-unwind") && !is_fatal { Reason::Contained } else { Reason::Panic };
    let is_first = record(&RECORDS.first_panic, info, call, becomes);
    match (RECORDS.first_panic.is_being_written(), info.location()) {
        // Perhaps this is about that very message, which is not to be made again.
        (true, Some(at)) => print(format_args!("panicked at {at}, while a message of a panic is made")),
        _ => print(format_args!("{info}")),
    }
    let reason = if is_fatal { Reason::Panic } else { unwind() };
    let stopped = if is_first {
        RECORDS.first_panic.set_reason(reason);
        &RECORDS.first_panic
    } else {
        record(&RECORDS.stopped, info, call, reason);
        &RECORDS.stopped
    };
    bugcheck(reason, stopped, info.location().map_or(0, |at| at.line()))
}

fn record(record: &Record, info: &PanicInfo<'_>, call: Option<CallSite>, reason: Reason) -> bool {
    record.write(Facts {
        reason,
        callback: call.map_or("", |call| call.site.callback),
        context: call.map_or(core::ptr::null_mut(), |call| call.context),
        irql: Irql::current(),
        processor: processor(),
        location: info.location(),
        message: format_args!("{}", info.message()),
    })
}

/// Unwinds, or returns why not.
#[cfg(feature = "panic-unwind")]
fn unwind() -> Reason {
    use ndis_unwind::Refusal;

    match ndis_unwind::raise() {
        Refusal::NoBoundary => Reason::NoBoundary,
        Refusal::Nounwind => Reason::Nounwind,
        Refusal::ForeignFrame => Reason::ForeignFrame,
        Refusal::TooDeep => Reason::TooDeep,
        _ => Reason::Tables,
    }
}

/// Nothing unwinds in this build.
#[cfg(not(feature = "panic-unwind"))]
fn unwind() -> Reason {
    Reason::Panic
}

/// The handler of an image that has no other.
#[cfg(all(feature = "panic-handler", not(doc)))]
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    panicked(info)
}
