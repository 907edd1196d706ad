//! The one table of NDIS callbacks.
//!
//! What the [`ndis`](https://docs.rs/ndis) crates know about a callback stands once, in the family file of this crate that
//! holds its entry. Everything else is derived from it: the attribute, the C types, the markers, the documentation and the
//! tests read it as data, with [`all`]; only what must be types is a view, a `macro_rules!` macro to which a family hands
//! all its entries.
//!
//! ```
//! let halt = ndis_catalogue::all().find(|callback| callback.name == "MINIPORT_HALT").unwrap();
//! assert_eq!(halt.irql, ("PASSIVE_LEVEL", "PASSIVE_LEVEL"));
//! let taken: Vec<String> = halt.arguments().map(|(_, parameter)| parameter.spelling().to_string()).collect();
//! assert_eq!(taken, ["&T", "HaltAction"]);
//! ```
//!
//! # An entry
//!
//! reads like the prototype in ndis.h with its annotations. What says nothing is left out.
//!
//! ```text
//! /// When NDIS calls it.
//! #[docs("MiniportHaltEx"), since 6.0, irql PASSIVE_LEVEL]       or: irql PASSIVE_LEVEL..=DISPATCH_LEVEL
//! #[pointer(MINIPORT_HALT_HANDLER)]                              or: #[shares(..)], an alias of another entry
//! #[table(NDIS_MINIPORT_DRIVER_CHARACTERISTICS.HaltHandlerEx)]   where its pointer goes
//! VOID MINIPORT_HALT(
//!     retired(Adapter)   MiniportAdapterContext: NDIS_HANDLE,    a role, what it is about, and the C parameter
//!     value(HaltAction)  HaltAction: NDIS_HALT_ACTION,
//! )
//!     takes operation(Name)              an argument without a C parameter
//!     returns made                       the outcome, where the C return type does not say it
//!     owes NdisFPauseComplete(handle)    what pays NDIS for what the function takes over
//!     settles Function(handle, ..)       what passes the call on: when the function says so, or did not run
//!     among [NDIS_STATUS_SUCCESS, ..]    the documented statuses; or: only [..], and no others
//!     bad argument => NDIS_STATUS_..,    what NDIS gets for an argument that breaks its contract,
//!     failed => ..,                      when called at a wrong IRQL, or when the result cannot be delivered,
//!     panicked => ..,                    after a contained panic,
//!     poisoned => run,                   when an earlier panic poisoned the context,
//!     otherwise => fatal;                in all other cases. (`VOID` returns, if this is left out.)
//! ```
//!
//! An answer is a value, `fatal` (no answer is legal: the machine stops) or `run` (the function is called all the same). The
//! roles are [`Role`], the outcomes [`Outcome`], the names of contexts [`SLOTS`]: a row of `words.rs` each. The function takes
//! its objects first, then one value: C parameters that belong to it are `part(..)` of it. Also there may be
//! `#[deprecated("what to use instead")]` and `#[judgement("what no header and no document confirms")]`.
#![no_std]

#[macro_use]
mod matcher;
mod condis;
mod filter;
mod miniport;
mod names;
mod pd;
mod protocol;
mod set_options;
mod shared_memory;
mod table;
mod timer;
mod words;

pub use names::{IMPLEMENTED_BY_DRIVERS, IMPLEMENTED_BY_NDIS};
pub use table::{Answer, Answers, Callback, Parameter, Payment, Spelling, Statuses};
#[doc(hidden)]
pub use words::role;
pub use words::{Outcome, Role, SLOTS, Taken};

/// Every callback, family by family.
pub fn all() -> impl Iterator<Item = &'static Callback> {
    FAMILIES.into_iter().flatten()
}

macro_rules! families {
    (($d:tt) $($family:ident)*) => {
        const FAMILIES: [&[Callback]; [$(stringify!($family)),*].len()] = [$($family::CALLBACKS),*];

        /// Hands every family, one after the other, to the macro named `$view`.
        #[macro_export]
        macro_rules! for_each_callback {
            ($d view:ident) => {
                $($crate::$family! { $d view })*
            };
        }
    };
}

families! { ($) shared_memory set_options miniport filter protocol condis timer pd }
