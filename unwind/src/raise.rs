//! `raise`: what a panic handler calls.

use crate::Refusal;

unsafe extern "C-unwind" {
    /// Both passes. What it returns is what the first pass returned, which is no 0. See `x86_64.s`.
    pub(crate) safe fn ndis_unwind_raise() -> Refusal;
}

/// Unwinds to the nearest [`catch`](crate::catch()): what a `#[panic_handler]` calls after it noted what happened.
///
/// Returns only when that is impossible. Then nothing was unwound and the stack is as it was, so that a crash dump
/// shows the panic where it happened.
///
/// It allocates nothing, takes no lock, writes no global and calls no function outside of this crate except the
/// destructors. It takes about 1 kB of stack beside what these take.
///
/// Called elsewhere than in a panic handler it does the same: it unwinds its caller. That is sound, as a panic is.
///
/// # IRQL
///
/// Any, as far as the destructors allow it; see the [crate's documentation](crate) for what is argued and not shown.
pub fn raise() -> Refusal {
    ndis_unwind_raise()
}
