//! The boundary between C and a driver's function: what the code that `#[ndis_callback]` writes calls.
//!
//! [`enter`] has the straight path of a call, [`aftermath`] what happens after the function, [`callback`] what is known of a
//! callback as types, [`argument`] and [`outcome`] how arguments become what the function takes and its result what C gets.
//!
//! # Why some of this code looks odd
//!
//! The guard of `benches/` watches the numbers: instructions per call, bytes per callback, and what a callback costs to
//! compile. Each of these was tried in its plain form.
//!
//! | where | what | why |
//! |---|---|---|
//! | everywhere | inlined, unless `debug_assertions` | an entry costs what it costs by hand; a development build compiles one function for all callbacks instead (`erased.rs`) |
//! | [`call::Refusal`] | wider than two registers, holds a `Cell` | a narrower `Result` is packed into an integer on every way out of the checks, and unpacked on the way back |
//! | [`call::Call`] | its scratch lies elsewhere | arguments borrow the scratch; what no argument points to stays in registers |
//! | `twins.rs` | `refused` and `panicked` each have a twin for simple callbacks | the twin takes values: a pointer to the call costs every call +20 % instructions and +63 % bytes |
//! | [`enter`] | a simple refusal is answered inside the boundary | the success path then needs no second check |
//! | [`outcome`] | a made handle is given up, and owned again where it is dropped | its drop glue exists once, in a cold function |
//! | [`call`] | breaches with something in them are made in cold generic functions | the entry has no code for them, and sees that they do not unwind |

pub(crate) mod aftermath;
pub(crate) mod argument;
pub(crate) mod call;
pub(crate) mod callback;
pub(crate) mod enter;
#[cfg(debug_assertions)]
pub(crate) mod erased;
pub(crate) mod object;
pub(crate) mod operation;
pub(crate) mod outcome;
pub(crate) mod policy;
#[cfg(not(debug_assertions))]
pub(crate) mod twins;
