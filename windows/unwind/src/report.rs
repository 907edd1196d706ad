//! What a group of checks says: how many passed, and a line for each that did not.

use core::fmt::{Arguments, Debug, Write};

use crate::text::Text;

const LENGTH: usize = 8 * 1024;

/// What the client gets; it has the same in C.
#[repr(C)]
pub(crate) struct Output {
    passed: u32,
    failed: u32,
    text: [u8; LENGTH],
}

/// What writes it.
pub(crate) struct Report<'a> {
    output: &'a mut Output,
    text: usize,
    about: (&'static str, usize),
}

impl Report<'_> {
    pub(crate) fn new(output: &mut Output) -> Report<'_> {
        *output = Output { passed: 0, failed: 0, text: [0; LENGTH] };
        Report { output, text: 0, about: ("", 0) }
    }

    /// What the next checks are about.
    pub(crate) fn about(&mut self, what: &'static str, input: usize) {
        self.about = (what, input);
    }

    pub(crate) fn check<T: PartialEq + Debug>(&mut self, what: &str, got: T, wanted: T) {
        if got == wanted {
            self.output.passed += 1;
        } else {
            self.output.failed += 1;
            let (about, input) = self.about;
            self.say(format_args!("FAIL  {about} {input}: {what}: got {got:?}, wanted {wanted:?}"));
        }
    }

    /// A line that is no check. What does not fit is left out, but never the end of the text.
    pub(crate) fn say(&mut self, line: Arguments<'_>) {
        let mut text = Text::<600>::new();
        let _ = writeln!(text, "{line}");
        let free = &mut self.output.text[self.text..LENGTH - 1];
        let fits = text.as_str().len().min(free.len());
        free[..fits].copy_from_slice(&text.as_str().as_bytes()[..fits]);
        self.text += fits;
    }
}
