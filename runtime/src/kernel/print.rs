//! [`print`]: a line for the kernel debugger.

use core::fmt::{self, Write};

use crate::ntoskrnl::DbgPrint;

/// Longer lines are cut: a kernel stack is small.
const LONGEST: usize = 255;

/// Prints a line to the kernel debugger, `DbgPrint`; at most 255 bytes of it. IRQL: up to DIRQL. Allocates nothing.
///
/// ```ignore
/// ndis::kernel::print(format_args!("{lent} blocks lent"));
/// ```
pub fn print(line: fmt::Arguments<'_>) {
    let mut text = Text { bytes: [0; LONGEST + 1], length: 0 };
    // A line that was cut is an error to `write_fmt`; what fits is printed all the same.
    let _ = text.write_fmt(line);
    // SAFETY: the format takes one text, which ends in a zero: the last byte is never written.
    unsafe { DbgPrint(c"ndis: %s\n".as_ptr(), text.bytes.as_ptr()) };
}

struct Text {
    bytes: [u8; LONGEST + 1],
    length: usize,
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = &mut self.bytes[self.length..LONGEST];
        let fits = text.len().min(room.len());
        room[..fits].copy_from_slice(&text.as_bytes()[..fits]);
        self.length += fits;
        if fits == text.len() { Ok(()) } else { Err(fmt::Error) }
    }
}
