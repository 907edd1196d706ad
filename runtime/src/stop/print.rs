//! [`print`]: a line for the kernel debugger.

use core::fmt;

use crate::contract::irql::Irql;
use crate::contract::ntoskrnl::DbgPrintEx;
use crate::stop::bugcheck::cut;

/// `DPFLTR_IHVNETWORK_ID`: network drivers that are not Microsoft's.
const COMPONENT: u32 = 80;
/// `DPFLTR_ERROR_LEVEL`, which is shown when nobody asked for more.
const ERROR: u32 = 0;

/// Prints a line to the kernel debugger, `DbgPrintEx`; at most 255 bytes of it, since a kernel stack is small. IRQL: any;
/// above DIRQL, where `DbgPrintEx` might wait for other processors for ever, it does nothing. Allocates nothing.
///
/// ```ignore
/// ndis::kernel::print(format_args!("{lent} blocks lent"));
/// ```
pub fn print(line: fmt::Arguments<'_>) {
    if Irql::current() > Irql::DEVICE_MAX {
        return;
    }
    let mut text = [0; 256];
    cut(&mut text, line);
    // SAFETY: the format takes one text, which ends in a zero; the IRQL is DIRQL at most.
    unsafe { DbgPrintEx(COMPONENT, ERROR, c"ndis: %s\n".as_ptr(), text.as_ptr()) };
}
