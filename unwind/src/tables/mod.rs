//! What a frame has to do before it is left, as the language's tables say. There is a format for each toolchain; on a
//! host both compile, for their tests.

#[cfg(any(target_env = "gnu", not(windows)))]
pub(crate) mod gnu;
#[cfg(any(target_env = "msvc", not(windows)))]
pub(crate) mod msvc;

/// A call in a function with tables. All offsets are from the image's base.
#[derive(Clone, Copy)]
pub(crate) struct Call {
    /// Where the function begins, to which gnu's landing pads are relative.
    #[cfg_attr(target_env = "msvc", expect(dead_code, reason = "msvc's tables are relative to the image"))]
    pub(crate) function: u32,
    /// Behind the call: where it would have returned to.
    pub(crate) return_to: u32,
    /// Where the function's tables are.
    pub(crate) data: u32,
}

/// What a frame has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    Nothing,
    /// Destructors: gnu: the landing pad that runs them. msvc: the state that says which funclets do.
    Cleanup(u32),
    /// No panic may leave it: the function or the call is `nounwind`.
    Abort,
}
