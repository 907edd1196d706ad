//! [`Refusal`]: why a panic was not unwound.

use core::fmt;

use super::image::Broken;

/// Why [`raise`](crate::raise()) returned. Nothing was unwound by that call, and the stack is as it was.
///
/// The numbers are for crash dumps and do not change.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The stack ended, and no [`catch`](crate::catch()) was on it.
    ///
    /// In a kernel that is rare: there, a panic outside of `catch` is a [`ForeignFrame`](Self::ForeignFrame), since
    /// somebody called the driver.
    NoBoundary = 1,
    /// The panic would leave a function or a call that must not unwind: a function with another ABI than Rust's (say
    /// `extern "C"`), an allocation error, or a destructor that runs because of another panic.
    ///
    /// A function that must not unwind and has destructors of its own may not be seen in time. Then they and those of
    /// the functions it called have run when the compiler's own check panics for a second time, and that panic is
    /// refused. So a panic handler keeps what it was told about the *first* panic.
    Nounwind = 2,
    /// The panic would leave this image, or a function in it that has no unwind info or that another language's handler
    /// watches over. Functions of other languages that have neither are left as Rust's are.
    ForeignFrame = 3,
    /// There are more frames on the stack than are walked.
    TooDeep = 4,
    /// The image's headers, its unwind info or its language tables say what no compiler writes.
    Tables = 5,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::NoBoundary => "no boundary that catches panics is on the stack",
            Refusal::Nounwind => "the panic would leave a function or a destructor that must not unwind",
            Refusal::ForeignFrame => "the panic would leave the image or a function that is not Rust's",
            Refusal::TooDeep => "the stack has too many frames",
            Refusal::Tables => "the image's unwind tables are broken",
        })
    }
}

impl core::error::Error for Refusal {}

impl From<Broken> for Refusal {
    fn from(_: Broken) -> Refusal {
        Refusal::Tables
    }
}
