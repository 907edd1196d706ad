//! The callbacks as types: the catalogue's facts that the entries need at run time and registration at compile time.

use crate::breach::BreachKind;
use crate::call::{Entered, Stage, State};
use crate::irql::IrqlRange;
use crate::policy::Policy;
use crate::role::Role;
use crate::sys::{NDIS_HANDLE, PVOID};

/// A kind of callback. Implemented by the types of this module only, one per entry of the catalogue.
pub trait Callback: sealed::Sealed + Sized + 'static {
    /// The name in ndis.h, such as `ALLOCATE_SHARED_MEMORY_HANDLER`.
    const NAME: &'static str;
    /// The first NDIS version that has the callback, major and minor.
    const SINCE: (u8, u8);
    /// Where NDIS may call.
    const IRQL: IrqlRange;
    /// What the callback may return.
    const STATUSES: Statuses;
    #[doc(hidden)]
    const REFUSED: Answer<Self::Return>;
    #[doc(hidden)]
    const FAILED: Answer<Self::Return>;
    #[doc(hidden)]
    const PANICKED: Answer<Self::Return>;
    #[doc(hidden)]
    const POISONED: Answer<Self::Return>;
    /// The C return type.
    type Return: Copy;
    /// The C parameters, as a tuple.
    type Raw: Copy + core::fmt::Debug;
    /// The C pointer type of ndis.h, an `Option` of a function pointer.
    type Pointer;
    #[doc(hidden)]
    type Stage: Stage<Self::Return> + core::fmt::Debug;
    /// No role of a parameter touches the state of the call.
    #[doc(hidden)]
    const PLAIN: bool;

    /// The context handle among the arguments, for the record of a panic, or NULL.
    #[doc(hidden)]
    fn context(raw: Self::Raw) -> NDIS_HANDLE;

    /// The driver's handle or the out parameter in this place, counted from 0.
    #[doc(hidden)]
    fn pointer(raw: Self::Raw, place: usize) -> PVOID;

    /// Makes the out parameters ready, each that can be: NULL, or what they are when nothing else is written.
    ///
    /// # Safety
    ///
    /// `raw` are the arguments NDIS passed.
    #[doc(hidden)]
    unsafe fn prepare(raw: Self::Raw, state: &State) -> Result<(), BreachKind>;

    /// Settles what the driver would have owned, had its function run.
    ///
    /// # Safety
    ///
    /// `raw` are the arguments NDIS passed; the function did not get them.
    #[doc(hidden)]
    unsafe fn refuse(raw: Self::Raw, state: &State);
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

/// What NDIS gets when the function did not run or did not end as it should.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<R> {
    /// This value.
    Return(R),
    /// The function runs all the same.
    Run,
    /// No answer is legal: the machine stops.
    Fatal,
}

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

mod sealed {
    pub trait Sealed {}
}

/// The major and minor number in a version such as "6.20".
const fn version(text: &str) -> (u8, u8) {
    let (bytes, mut minor, mut i) = (text.as_bytes(), 0, 2);
    while i < bytes.len() {
        minor = minor * 10 + (bytes[i] - b'0');
        i += 1;
    }
    (bytes[0] - b'0', minor)
}

/// The state of a call that only some callbacks have, by what their function receives.
macro_rules! stage_of {
    (SharedMemoryRequest) => {
        crate::shared_memory::Staged
    };
    (OidRequest) => {
        crate::operation::OperationStage
    };
    (FilterPause) => {
        crate::operation::OperationStage
    };
    ($($other:ident)*) => {
        ()
    };
}

macro_rules! statuses {
    ($name:ident none []) => {
        Statuses::None
    };
    ($name:ident open [$($status:ident),*]) => {
        Statuses::Open
    };
    ($name:ident closed [$($status:ident),*]) => {
        Statuses::Closed {
            legal: &[$($status),*],
            sentence: concat!(
                stringify!($name), " may return only" $(, " ", stringify!($status), ",")*,
                " and no error other than the failures among them"
            ),
        }
    };
}

/// What the function takes for a parameter of this role, in words.
macro_rules! taken_as {
    (Lent $slot:ident) => {
        concat!("`&T`, the context in [`", stringify!($slot), "`](crate::slot::", stringify!($slot), ")")
    };
    (NullableLent $slot:ident) => {
        concat!(
            "`Option<&T>` or `&T`, the context in [`",
            stringify!($slot),
            "`](crate::slot::",
            stringify!($slot),
            ")"
        )
    };
    (Retired $slot:ident) => {
        concat!(
            "`&T`, the context in [`",
            stringify!($slot),
            "`](crate::slot::",
            stringify!($slot),
            "), dropped after the function returned"
        )
    };
    (GivenBack $slot:ident) => {
        concat!("`Handle<T>`, the handle in [`", stringify!($slot), "`](crate::slot::", stringify!($slot), ")")
    };
    (MadeOut) => {
        "nothing: it gets the handle that the function returns"
    };
    (Out) => {
        "nothing: it gets its value from what the function returns"
    };
    ($role:ident $rust:ident) => {
        concat!("[`", stringify!($rust), "`](crate::", stringify!($rust), ")")
    };
}

/// What the function returns for this outcome, in words.
macro_rules! returned_as {
    (Nothing) => {
        "nothing"
    };
    (Boolean) => {
        "`bool`"
    };
    (Interrupt) => {
        "[`Interrupt`](crate::Interrupt)"
    };
    (Status) => {
        "`Result<(), E>`"
    };
    (Made $slot:ident) => {
        concat!(
            "`Result<Handle<T>, E>`, a handle for [`",
            stringify!($slot),
            "`](crate::slot::",
            stringify!($slot),
            ")"
        )
    };
    (Attached $slot:ident) => {
        concat!(
            "`Result<Context<T>, E>`, a context for [`",
            stringify!($slot),
            "`](crate::slot::",
            stringify!($slot),
            ")"
        )
    };
    (Answered) => {
        "`Result<Answered, E>`"
    };
    (Completed) => {
        "[`Answered`](crate::Answered)"
    };
}

/// The view: a marker type per callback.
macro_rules! markers {
    ($family:ident:
        $( $(#[$doc:meta])* $name:ident = $function:literal {
            $(typedef $typedef:ident)? $(shares $shared:ident)?
            ($($param:ident: $ty:ty = $role:ident $(<$slot:ident>)? $(as $rust:ident)?,)*) -> $ret:ident
            since $since:literal
            registered [$($registered_in:ident.$field:ident),*]
            irql $min:ident..=$max:ident
            returns $outcome:ident $(<$made:ident>)?
            statuses $set:ident [$($status:ident),*]
            refused $refused:ident $(($refused_value:tt))?
            failed $failed:ident $(($failed_value:tt))?
            panicked $panicked:ident $(($panicked_value:tt))?
            poisoned $poisoned:ident $(($poisoned_value:tt))?
        } )*
    ) => {
        $(
            $(#[$doc])*
            #[doc = concat!("\nMicrosoft's documentation calls it `", $function, "`. NDIS ", stringify!($since), " and later.")]
            #[doc = "\n| C parameter | C type | the function takes |\n|---|---|---|"]
            $(
                #[doc = concat!(
                    "| `", stringify!($param), "` | `", stringify!($ty), "` | ",
                    taken_as!($role $($slot)? $($rust)?), " |"
                )]
            )*
            #[doc = concat!("\nThe function returns ", returned_as!($outcome $($made)?), "; C gets `", stringify!($ret), "`.")]
            #[doc = concat!("\n- IRQL: ", stringify!($min), " to ", stringify!($max))]
            #[doc = concat!("- statuses (", stringify!($set), "): ", stringify!($($status),*))]
            #[doc = concat!("- a bad argument: `", stringify!($refused $(($refused_value))?), "`")]
            #[doc = concat!("- a wrong IRQL, or a result that cannot be delivered: `", stringify!($failed $(($failed_value))?), "`")]
            #[doc = concat!("- a panic, where it is caught: `", stringify!($panicked $(($panicked_value))?), "`")]
            #[doc = concat!("- a context poisoned by an earlier panic: `", stringify!($poisoned $(($poisoned_value))?), "`")]
            #[allow(non_camel_case_types)]
            #[derive(Debug)]
            pub enum $name {}

            impl $name {
                /// A call with the arguments NDIS passed, for the code that `#[ndis_callback]` writes.
                #[doc(hidden)]
                #[inline(always)]
                pub fn call(raw: <Self as Callback>::Raw) -> Entered<Self> {
                    Entered { raw, policy: Policy::CATALOGUE }
                }
            }

            const _: () = {
                #[allow(unused_imports)]
                use crate::sys::{*, $family::*};
                use crate::irql::level::*;
                use Answer::*;

                impl sealed::Sealed for crate::callback::$name {}

                impl Callback for crate::callback::$name {
                    const NAME: &'static str = stringify!($name);
                    const SINCE: (u8, u8) = version(stringify!($since));
                    const IRQL: IrqlRange = IrqlRange { min: $min.min, max: $max.max };
                    const STATUSES: Statuses = statuses!($name $set [$($status),*]);
                    const REFUSED: Answer<$ret> = $refused $(($refused_value))?;
                    const FAILED: Answer<$ret> = $failed $(($failed_value))?;
                    const PANICKED: Answer<$ret> = $panicked $(($panicked_value))?;
                    const POISONED: Answer<$ret> = $poisoned $(($poisoned_value))?;
                    type Return = $ret;
                    type Raw = ($($ty,)*);
                    type Pointer = $($typedef)? $($shared)?;
                    type Stage = stage_of!($($($rust)?)*);
                    const PLAIN: bool = true
                        $( && <crate::role::$role $(<crate::slot::$slot>)? as Role<$ty>>::PLAIN )*;

                    #[inline(always)]
                    #[allow(non_snake_case, unused_variables)]
                    fn context(raw: Self::Raw) -> NDIS_HANDLE {
                        let ($($param,)*) = raw;
                        let context: NDIS_HANDLE = core::ptr::null_mut();
                        $( let context = match <crate::role::$role $(<crate::slot::$slot>)? as Role<$ty>>::IS_CONTEXT {
                            true if context.is_null() => {
                                <crate::role::$role $(<crate::slot::$slot>)? as Role<$ty>>::pointer($param)
                            }
                            _ => context,
                        }; )*
                        context
                    }

                    #[inline(always)]
                    #[allow(non_snake_case, unused_variables)]
                    fn pointer(raw: Self::Raw, place: usize) -> PVOID {
                        let ($($param,)*) = raw;
                        let pointers = [
                            $( <crate::role::$role $(<crate::slot::$slot>)? as Role<$ty>>::pointer($param), )*
                        ];
                        pointers[place]
                    }

                    #[inline(always)]
                    #[allow(non_snake_case, unused_variables)]
                    unsafe fn prepare(raw: Self::Raw, state: &State) -> Result<(), BreachKind> {
                        let ($($param,)*) = raw;
                        let ready = Ok(());
                        // SAFETY: these are the arguments NDIS passed, by the caller's word.
                        $( let ready = ready.and(unsafe {
                            <crate::role::$role $(<crate::slot::$slot>)? as Role<$ty>>::prepare($param, state)
                        }); )*
                        ready
                    }

                    #[allow(non_snake_case, unused_variables)]
                    unsafe fn refuse(raw: Self::Raw, state: &State) {
                        let ($($param,)*) = raw;
                        // SAFETY: these are the arguments NDIS passed, and the function did not get them.
                        $( unsafe { <crate::role::$role $(<crate::slot::$slot>)? as Role<$ty>>::refuse($param, state) }; )*
                    }
                }

                type Marker = crate::callback::$name;
                assert!(Marker::IRQL.min.as_raw() <= Marker::IRQL.max.as_raw(), "the IRQL range is empty");
                assert!(
                    !matches!(Marker::REFUSED, Answer::Run)
                        && !matches!(Marker::FAILED, Answer::Run)
                        && !matches!(Marker::PANICKED, Answer::Run),
                    "only a poisoned context leaves the function to run"
                );
                const LENT: usize =
                    0 $( + <crate::role::$role $(<crate::slot::$slot>)? as Role<$ty>>::IS_CONTEXT as usize )*;
                assert!(LENT <= State::LENT, "more contexts are lent than a call can note");
            };
        )*
    };
}

ndis_catalogue::for_each_callback! { markers }
