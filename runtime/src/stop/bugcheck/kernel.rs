//! Stopping the machine, in a kernel.

use super::{CODE, Facts, RECORDS, Reason, Record};
use crate::contract::breach::BreachKind;
use crate::contract::irql::Irql;
use crate::contract::ntoskrnl::{KeBugCheckEx, processor};
use crate::stop::panic::innermost_call;
use crate::stop::print::print;

/// Stops for a broken contract.
#[cold]
pub(crate) fn stop(callback: &'static str, kind: BreachKind) -> ! {
    let irql = Irql::current();
    RECORDS.stopped.write(Facts {
        reason: Reason::Contract,
        callback,
        // A call that has left its boundary has no breadcrumb any more: the innermost one is then that of a call around it.
        context: innermost_call()
            .filter(|call| call.site.callback == callback)
            .map_or(core::ptr::null_mut(), |call| call.context),
        irql,
        processor: processor(),
        location: None,
        message: format_args!("{kind}"),
    });
    print(format_args!("bugcheck: {callback}: {kind}"));
    bugcheck(Reason::Contract, &RECORDS.stopped, 0)
}

/// `KeBugCheckEx`, as the module's documentation says.
#[cold]
pub(crate) fn bugcheck(reason: Reason, record: &'static Record, line: u32) -> ! {
    KeBugCheckEx(CODE, reason as usize, (&raw const *record).addr(), line as usize, record.message().addr())
}
