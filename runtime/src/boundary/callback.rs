//! A callback as a type: the facts that its entries need at run time and registration at compile time.

use core::fmt::Debug;

pub(crate) use ndis_catalogue::{Answer, Answers};

use crate::boundary::call::{Scratch, State};
use crate::contract::breach::BreachKind;
use crate::contract::irql::IrqlRange;
use crate::sys::{NDIS_HANDLE, PVOID};

/// A kind of callback. Implemented by the types of [`ndis::callback`](crate::callback) only, one per entry of the catalogue.
pub trait Callback: sealed::Sealed + Sized + 'static {
    /// The name in ndis.h, such as `ALLOCATE_SHARED_MEMORY_HANDLER`.
    const NAME: &'static str;
    /// The first NDIS version that has the callback, major and minor.
    const SINCE: (u8, u8);
    /// Where NDIS may call.
    const IRQL: IrqlRange;
    /// What the callback may return.
    const STATUSES: Statuses;
    /// What NDIS gets when the function did not run or did not end as it should.
    #[doc(hidden)]
    const ANSWERS: Answers<Self::Return>;
    /// Nothing but the answer matters to a call that went wrong: nothing is to be settled, nothing ends with the call, no
    /// argument switches a check off.
    #[doc(hidden)]
    const PLAIN: bool;
    /// How many contexts the function borrows.
    #[doc(hidden)]
    const LENDS: usize;
    /// The function makes a handle.
    #[doc(hidden)]
    const MAKES: bool;
    /// The same for a build that compiles one function for all callbacks.
    #[cfg(debug_assertions)]
    #[doc(hidden)]
    const FACTS: &'static super::erased::Facts<Self::Return>;
    /// The C return type.
    type Return: Copy + 'static;
    /// The C parameters, as a tuple.
    type Raw: Copy + Debug;
    /// The C pointer type of ndis.h, an `Option` of a function pointer.
    type Pointer;
    /// What a call has beside what every call has.
    #[doc(hidden)]
    type Scratch: Scratch<Self::Return> + Debug;
    /// What the function returns, the driver's own types in it called `T` and `E`.
    #[doc(hidden)]
    type Returned;

    /// The context handle among the arguments, or NULL.
    #[doc(hidden)]
    fn context(raw: Self::Raw) -> NDIS_HANDLE;

    /// The out parameters, in C's order.
    #[doc(hidden)]
    fn outs(raw: Self::Raw) -> [PVOID; 2];

    /// Makes the out parameters ready, each that can be: NULL, or what they are when nothing else is written. Takes note of
    /// what an argument says of the whole call.
    ///
    /// # Safety
    ///
    /// `raw` are the arguments NDIS passed.
    #[doc(hidden)]
    unsafe fn prepare(raw: Self::Raw, state: &State) -> Result<(), BreachKind>;

    /// Settles what the driver would have owned, or would have done, had its function run.
    ///
    /// # Safety
    ///
    /// `raw` are the arguments NDIS passed; the function did not get them, or `state` says that it did.
    #[doc(hidden)]
    unsafe fn settle(raw: Self::Raw, state: &State);
}

/// Something that a function takes for the C parameter number `I` of a callback, counted from 0. Parameters that are a part
/// of it come with it. (What has no C parameter has the number behind the last.)
pub trait Place<'c, const I: usize>: Callback {
    /// What the function takes; the driver's own type in it is called [`T`](super::argument::words::T).
    type Taken;
    /// Its C type; with parts, the tuple of its and theirs.
    type C: Copy;
    /// Whether the context in this place ends with the call.
    #[doc(hidden)]
    const ENDS: Ends;

    /// The arguments in this place.
    #[doc(hidden)]
    fn argument(raw: Self::Raw) -> Self::C;

    /// The driver's context or handle in this place.
    #[doc(hidden)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn handle(_raw: Self::Raw) -> NDIS_HANDLE {
        core::ptr::null_mut()
    }
}

/// Whether a context ends with a call.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ends {
    /// It does not.
    Never,
    /// When the function has returned.
    Always,
    /// When NDIS gets success, at once or later.
    OnSuccess,
}

/// What a callback may return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statuses {
    /// It returns no status.
    None,
    /// Any failure status may be passed on.
    Open,
    /// Nothing but these.
    Closed {
        /// The legal statuses.
        legal: &'static [i32],
        /// What the compiler says of an error outside them.
        sentence: &'static str,
    },
}

/// The C pointer type of a callback.
pub type Pointer<K> = <K as Callback>::Pointer;

/// The C entry point that `#[ndis_callback]` made, with the facts registration checks: which callback it is, and the
/// types of the driver's contexts, slot by slot.
///
/// # Safety
///
/// `ENTRY` treats its arguments as the catalogue says, with these contexts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be registered here: it is not an entry for `{K}` with the contexts `{Contexts}`",
    label = "wrong callback, or other contexts than the registration",
    note = "handlers that are registered together must agree on the type of each context: what one makes, the other \
            is lent or takes back"
)]
pub unsafe trait Entry<K: Callback, Contexts> {
    /// The pointer for NDIS's table.
    const ENTRY: K::Pointer;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}
