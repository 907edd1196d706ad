//! [`print`]: a line for the kernel debugger.

use core::fmt;

use crate::bugcheck::cut;
use crate::ntoskrnl::DbgPrint;

/// Prints a line to the kernel debugger, `DbgPrint`; at most 255 bytes of it, since a kernel stack is small. IRQL: up to
/// DIRQL. Allocates nothing.
///
/// ```ignore
/// ndis::kernel::print(format_args!("{lent} blocks lent"));
/// ```
pub fn print(line: fmt::Arguments<'_>) {
    let mut text = [0; 256];
    cut(&mut text, line);
    // SAFETY: the format takes one text, which ends in a zero.
    unsafe { DbgPrint(c"ndis: %s\n".as_ptr(), text.as_ptr()) };
}
