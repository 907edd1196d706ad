//! Every callback as a type, with its contract.
//!
//! One type per entry of the catalogue, named as in ndis.h: `#[ndis_callback(NAME)]` goes on a function for it. The catalogue
//! is the only source of this module, a view of it.

use core::ptr::null_mut;

pub use crate::boundary::argument::words;
use crate::boundary::call::{RawCall, State};
use crate::boundary::callback::{Answer, Answers, Ends, Place, sealed};
pub use crate::boundary::callback::{Callback, Entry, Statuses};
use crate::boundary::operation::{MayFail, OperationScratch, Owes, Payment};
use crate::contract::breach::BreachKind;
use crate::contract::irql::IrqlRange;
use crate::family::filter::Settles;
use crate::family::nbl::Lists;

/// The major and minor number in a version such as "6.20".
const fn version(text: &str) -> (u8, u8) {
    let (bytes, mut minor, mut i) = (text.as_bytes(), 0, 2);
    while i < bytes.len() {
        minor = minor * 10 + (bytes[i] - b'0');
        i += 1;
    }
    (bytes[0] - b'0', minor)
}

/// Writes an out value, unless the pointer cannot be one.
///
/// # Safety
///
/// `raw`, if it is not NULL and aligned, is valid for writes.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn write_out<X>(raw: *mut X, value: X) -> Result<(), BreachKind> {
    if raw.is_null() {
        return Err(BreachKind::NullPointer);
    }
    if !raw.is_aligned() {
        return Err(BreachKind::MisalignedPointer);
    }
    // SAFETY: guaranteed by the caller.
    unsafe { raw.write(value) };
    Ok(())
}

// What the words of the catalogue mean, a macro for each question and a row for each word. First the roles.

/// What the function takes, as a type in which `T` is the driver's own.
macro_rules! taken {
    (lent [$slot:ident] $c:ty) => { &'c T };
    (retired [$slot:ident] $c:ty) => { &'c T };
    (ended [$slot:ident] $c:ty) => { &'c T };
    (lent_opt [$slot:ident] $c:ty) => { Option<&'c T> };
    (given_back [$slot:ident] $c:ty) => { crate::Handle<T> };
    (view [$name:ident] $c:ty) => { crate::$name<'c> };
    (handle [$name:ident] $c:ty) => { crate::$name<'c> };
    (operation [$name:ident] $c:ty) => { crate::$name<'c> };
    (comes_back [$name:ident] $c:ty) => { crate::$name<'c> };
    (event [$name:ident] $c:ty) => { crate::$name<'c, T> };
    (binds [$name:ident] $c:ty) => { crate::$name<'c, T> };
    (owned [$name:ident] $c:ty) => { crate::Chain<crate::$name> };
    (received [$name:ident] $c:ty) => { crate::Received<'c, crate::$name> };
    (value [$name:ident] $c:ty) => { crate::$name };
    (level [$name:ident] $c:ty) => { crate::$name };
    ($other:ident [$($name:ident)?] $c:ty) => { $c };
}

/// The same in words.
macro_rules! taken_as {
    (lent [$slot:ident]) => {
        concat!("`&T`, the driver's `", stringify!($slot), "`")
    };
    (retired [$slot:ident]) => {
        concat!("`&T`, the driver's `", stringify!($slot), "`, dropped after the function returned")
    };
    (ended [$slot:ident]) => {
        concat!("`&T`, the driver's `", stringify!($slot), "`, dropped when NDIS gets success")
    };
    (lent_opt [$slot:ident]) => {
        concat!("`Option<&T>` or `&T`, the driver's `", stringify!($slot), "`")
    };
    (given_back [$slot:ident]) => {
        concat!("`Handle<T>`, the driver's `", stringify!($slot), "`")
    };
    (makes [$slot:ident]) => {
        concat!("nothing: it gets the driver's `", stringify!($slot), "` that the function returns")
    };
    (out []) => {
        "nothing: it gets its value from what the function returns"
    };
    (part [$of:ident]) => {
        concat!("nothing: it is in what the function takes for `", stringify!($of), "`")
    };
    (reserved []) => {
        "nothing: it is reserved"
    };
    (raw []) => {
        "the C argument"
    };
    (owned [$name:ident]) => {
        concat!("[`Chain`](crate::Chain)`<`[`", stringify!($name), "`](crate::", stringify!($name), ")`>`")
    };
    (received [$name:ident]) => {
        concat!("[`Received`](crate::Received)`<'_, `[`", stringify!($name), "`](crate::", stringify!($name), ")`>`")
    };
    ($role:ident [$name:ident]) => {
        concat!("[`", stringify!($name), "`](crate::", stringify!($name), ")")
    };
}

/// Whether the context ends with the call.
macro_rules! ends {
    (retired) => {
        Ends::Always
    };
    (ended) => {
        Ends::OnSuccess
    };
    ($other:ident) => {
        Ends::Never
    };
}

/// The context, if no earlier one is there.
macro_rules! context {
    (lent $argument:ident $earlier:ident) => { if $earlier.is_null() { $argument.cast() } else { $earlier } };
    (lent_opt $argument:ident $earlier:ident) => { context!(lent $argument $earlier) };
    (retired $argument:ident $earlier:ident) => { context!(lent $argument $earlier) };
    (ended $argument:ident $earlier:ident) => { context!(lent $argument $earlier) };
    (event $argument:ident $earlier:ident) => { context!(lent $argument $earlier) };
    ($other:ident $argument:ident $earlier:ident) => { $earlier };
}

/// The out parameters.
macro_rules! outs {
    ([$($out:ident)*] {makes $argument:ident} $($rest:tt)*) => { outs!([$($out)* $argument] $($rest)*) };
    ([$($out:ident)*] {out $argument:ident} $($rest:tt)*) => { outs!([$($out)* $argument] $($rest)*) };
    ([$($out:ident)*] {$other:ident $argument:ident} $($rest:tt)*) => { outs!([$($out)*] $($rest)*) };
    ([]) => { [null_mut(), null_mut()] };
    ([$first:ident]) => { [$first.cast(), null_mut()] };
    ([$first:ident $second:ident]) => { [$first.cast(), $second.cast()] };
}

/// Makes an out parameter ready, or takes note of what an argument says of the whole call.
macro_rules! prepare {
    (makes [$slot:ident] $argument:ident $state:ident) => {
        // SAFETY: NDIS passed the out parameter, guaranteed by the caller of `prepare`.
        unsafe { write_out($argument, null_mut()) }
    };
    (out [] $argument:ident $state:ident) => {
        // SAFETY: as above.
        unsafe { write_out($argument, Default::default()) }
    };
    // What a reset answers beside its status: NDIS reads it also when the function did not run.
    (operation [MiniportReset] $argument:ident $state:ident) => { prepare!(out [] $argument $state) };
    (level [$name:ident] $argument:ident $state:ident) => {{
        crate::$name::note($argument, $state);
        Ok(())
    }};
    ($other:ident [$($name:ident)?] $argument:ident $state:ident) => {
        Ok(())
    };
}

/// What only calls of this callback have: it follows from the one value that the function takes.
macro_rules! scratch {
    ({operation [$name:ident]} $($rest:tt)*) => { OperationScratch };
    ({event [$name:ident]} $($rest:tt)*) => { OperationScratch };
    ({binds [$name:ident]} $($rest:tt)*) => { OperationScratch };
    ({view [$name:ident]} $($rest:tt)*) => {
        <crate::$name<'static> as crate::boundary::argument::FromC<'static>>::Scratch
    };
    ({$other:ident $name:tt} $($rest:tt)*) => { scratch!($($rest)*) };
    () => { () };
}

/// The places, one for each parameter that the function takes. First the parts are gathered.
macro_rules! places {
    ($name:ident [$($parts:tt)*] [$i:tt $($next:tt)*] [{part [$of:ident] ($ty:ty)} $($rest:tt)*] $all:tt) => {
        places! { $name [$($parts)* ($i $ty)] [$($next)*] [$($rest)*] $all }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] [$other:tt $($rest:tt)*] $all:tt) => {
        places! { $name $parts [$($next)*] [$($rest)*] $all }
    };
    ($name:ident $parts:tt $left:tt [] [$($all:tt)*]) => {
        place! { $name $parts [0 1 2 3 4 5 6 7 8] $($all)* }
    };
}

macro_rules! place {
    (@ $name:ident $i:tt $role:ident [$($of:ident)?] $c:ty, |$raw:ident| $argument:expr; $($handle:tt)*) => {
        impl<'c> Place<'c, $i> for crate::callback::$name {
            type Taken = taken!($role [$($of)?] $c);
            type C = $c;
            const ENDS: Ends = ends!($role);

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn argument($raw: Self::Raw) -> $c {
                $argument
            }

            $($handle)*
        }
    };
    (@object $name:ident $i:tt $role:ident [$of:ident] $ty:ty) => {
        place! { @ $name $i $role [$of] $ty, |raw| raw.$i;
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn handle(raw: Self::Raw) -> NDIS_HANDLE {
                raw.$i.cast()
            }
        }
    };
    (@value $name:ident $i:tt $role:ident [$($of:ident)?] $ty:ty, []) => {
        place! { @ $name $i $role [$($of)?] $ty, |raw| raw.$i; }
    };
    (@value $name:ident $i:tt event [$of:ident] $ty:ty, [$(($part:tt $part_ty:ty))+]) => {
        place! { @ $name $i event [$of] ($ty, $($part_ty),+), |raw| (raw.$i, $(raw.$part),+);
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn handle(raw: Self::Raw) -> NDIS_HANDLE {
                raw.$i.cast()
            }
        }
    };
    (@value $name:ident $i:tt $role:ident [$($of:ident)?] $ty:ty, [$(($part:tt $part_ty:ty))+]) => {
        place! { @ $name $i $role [$($of)?] ($ty, $($part_ty),+), |raw| (raw.$i, $(raw.$part),+); }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {part $of:tt $ty:tt} $($rest:tt)*) => {
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {reserved $of:tt $ty:tt} $($rest:tt)*) => {
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {lent $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @object $name $i lent $of $ty }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {lent_opt $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @object $name $i lent_opt $of $ty }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {retired $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @object $name $i retired $of $ty }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {ended $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @object $name $i ended $of $ty }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {given_back $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @object $name $i given_back $of $ty }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {makes $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @value $name $i makes $of $ty, [] }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {out $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @value $name $i out $of $ty, [] }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {extra $role:ident $of:tt}) => {
        place! { @ $name $i $role $of (), |_raw| (); }
    };
    ($name:ident $parts:tt [$i:tt $($next:tt)*] {$role:ident $of:tt ($ty:ty)} $($rest:tt)*) => {
        place! { @value $name $i $role $of $ty, $parts }
        place! { $name $parts [$($next)*] $($rest)* }
    };
    ($name:ident $parts:tt [$($left:tt)*]) => {};
}

/// Settles what the function would have owned.
macro_rules! settle {
    ($state:ident $raw:ident [$i:tt $($next:tt)*] owned $($rest:ident)*) => {
        // SAFETY: guaranteed by the caller of `settle`.
        unsafe { crate::family::nbl::settle_owned::<Self, $i>($raw, $state) };
    };
    ($state:ident $raw:ident [$i:tt $($next:tt)*] received $($rest:ident)*) => {
        // SAFETY: guaranteed by the caller of `settle`.
        unsafe { crate::family::nbl::settle_received::<Self, $i>($raw, $state) };
    };
    ($state:ident $raw:ident [$i:tt $($next:tt)*] comes_back $($rest:ident)*) => {
        // SAFETY: guaranteed by the caller of `settle`.
        unsafe { crate::family::oid::settle_forwarded::<Self, $i>($raw, $state) };
    };
    ($state:ident $raw:ident [$i:tt $($next:tt)*] $other:ident $($rest:ident)*) => {
        settle! { $state $raw [$($next)*] $($rest)* }
    };
    ($state:ident $raw:ident [$($left:tt)*]) => {};
}

/// What passes a call on: whether there is such, how a refused call is passed on, and the function.
macro_rules! settles {
    ([]) => { false };
    ([$function:ident($($argument:ident)*)]) => { true };
    ($state:ident $raw:ident []) => {};
    ($state:ident $raw:ident [$function:ident($($argument:ident)*)]) => {
        if !$state.taken.get() {
            // SAFETY: guaranteed by the caller of `settle`.
            unsafe { crate::family::filter::pass_on::<Self>($raw, $state) };
        }
    };
    ($name:ident ($($param:ident)*) []) => {};
    ($name:ident ($($param:ident)*) [$function:ident($($argument:ident)*)]) => {
        impl Settles for crate::callback::$name {
            #[allow(non_snake_case, unused_variables)]
            unsafe fn pass_on(handle: NDIS_HANDLE, raw: Self::Raw) {
                let ($($param,)*) = raw;
                // SAFETY: guaranteed by the caller.
                unsafe { crate::sys::$function($(settlement!($argument handle)),*) };
            }
        }
    };
}

macro_rules! settlement {
    (handle $handle:ident) => {
        $handle
    };
    ($parameter:ident $handle:ident) => {
        $parameter
    };
}

// Then the outcomes.

/// What the function returns, as a type in which `T` and `E` are the driver's own.
macro_rules! returned {
    (VOID) => { () };
    (BOOLEAN) => { bool };
    (NDIS_STATUS) => { Result<(), E> };
    (NTSTATUS) => { Result<(), E> };
    ($c:ident interrupt) => { crate::Interrupt };
    ($c:ident made) => { Result<crate::Handle<T>, E> };
    ($c:ident attached) => { Result<crate::Context<T>, E> };
    ($c:ident initialized) => { Result<crate::Initialized<T>, E> };
    ($c:ident passed) => { crate::Pass };
    ($c:ident answered) => { Result<crate::Answered, E> };
    ($c:ident completed) => { crate::Answered };
}

/// The same in words.
macro_rules! returned_as {
    (VOID) => {
        "()"
    };
    (BOOLEAN) => {
        "bool"
    };
    (NDIS_STATUS) => {
        "Result<(), E>"
    };
    (NTSTATUS) => {
        "Result<(), E>"
    };
    ($c:ident interrupt) => {
        "Interrupt"
    };
    ($c:ident made) => {
        "Result<Handle<T>, E>"
    };
    ($c:ident attached) => {
        "Result<Context<T>, E>"
    };
    ($c:ident initialized) => {
        "Result<Initialized<T>, E>"
    };
    ($c:ident passed) => {
        "Pass"
    };
    ($c:ident answered) => {
        "Result<Answered, E>"
    };
    ($c:ident completed) => {
        "Answered"
    };
}

macro_rules! makes {
    (made) => {
        true
    };
    ($($other:ident)?) => {
        false
    };
}

/// Operations of this outcome may fail.
macro_rules! may_fail {
    ($name:ident answered) => {
        #[diagnostic::do_not_recommend] // a list of the others would be of all callbacks
        impl MayFail for crate::callback::$name {}
    };
    ($name:ident $($other:ident)?) => {};
}

// And what pays.

macro_rules! payment {
    (handle $handle:ident $payment:ident) => {
        $handle
    };
    (status $handle:ident $payment:ident) => {
        $payment.status
    };
    (boolean $handle:ident $payment:ident) => {
        $payment.boolean
    };
    (original $handle:ident $payment:ident) => {
        $payment.original.cast()
    };
    ($parameter:ident $handle:ident $payment:ident) => {
        $parameter
    };
}

macro_rules! needs_handle {
    (handle $($more:ident)*) => { true };
    ($other:ident $($more:ident)*) => { needs_handle!($($more)*) };
    () => { false };
}

macro_rules! cannot_fail {
    (completed) => {
        true
    };
    ($($other:ident)?) => {
        false
    };
}

/// What the callback owes: lists, or something else.
macro_rules! owes {
    ($name:ident $($rest:tt)*) => { owes! { @ $name [$($rest)*] $($rest)* } };
    (@ $name:ident $entry:tt $outcome:tt $roles:tt ($($param:ident)*) []) => {};
    (@ $name:ident $entry:tt $outcome:tt $roles:tt ($($param:ident)*) [$complete:ident(handle chain flags)]) => {
        impl Lists for crate::callback::$name {
            #[inline]
            unsafe fn give_back(handle: NDIS_HANDLE, chain: crate::sys::PNET_BUFFER_LIST, flags: crate::sys::ULONG) {
                // SAFETY: guaranteed by the caller.
                unsafe { crate::sys::$complete(handle, chain, flags) };
            }
        }
    };
    (@ $name:ident $entry:tt [$($outcome:ident)?] [$($role:ident)*] ($($param:ident)*) [$complete:ident($($argument:ident)*)]) => {
        impl Owes for crate::callback::$name {
            const NEEDS_HANDLE: bool = needs_handle!($($argument)*);
            const CANNOT_FAIL: bool = cannot_fail!($($outcome)?);
            const ENDS: bool = false $(|| matches!(ends!($role), Ends::OnSuccess))*;

            #[inline]
            #[allow(non_snake_case, unused_variables)]
            unsafe fn pay(handle: NDIS_HANDLE, raw: Self::Raw, payment: Payment) {
                let ($($param,)*) = raw;
                // SAFETY: guaranteed by the caller.
                unsafe { crate::sys::$complete($(payment!($argument handle payment)),*) };
            }
        }
        may_fail! { $name $($outcome)? }
    };
}

macro_rules! statuses {
    ($name:ident [] []) => { Statuses::None };
    ($name:ident [$($among:ident)+] []) => { Statuses::Open };
    ($name:ident [] [$($only:ident)+]) => {
        Statuses::Closed {
            legal: &[$($only),*],
            sentence: concat!(
                stringify!($name), " may return only" $(, " ", stringify!($only), ",")*,
                " and no error other than the failures among them"
            ),
        }
    };
}

macro_rules! answer {
    (run) => {
        Answer::Run
    };
    (fatal) => {
        Answer::Fatal
    };
    ($value:ident) => {
        Answer::Return($value)
    };
}

/// All four answers, of which those that are the same were said once.
macro_rules! answers {
    (otherwise($otherwise:ident) $($which:ident($answer:ident))*) => {
        Answers::otherwise(answer!($otherwise))$(.$which(answer!($answer)))*
    };
    ($($which:ident($answer:ident))*) => {
        Answers::otherwise(Answer::Return(()))$(.$which(answer!($answer)))*
    };
}

macro_rules! last {
    ($last:ident) => { $last };
    ($earlier:ident $($later:ident)+) => { last!($($later)+) };
}

/// The view: a type per callback.
macro_rules! types {
    ($family:ident: $(
        $name:ident {
            about [$($about:literal)+] docs $docs:literal since $since:literal irql [$min:ident $($max:ident)?]
            pointer [$($pointer:ident)+] $(shares $shared:ident)?
            parameters [$({ $role:ident $of:tt $param:ident ($ty:ty) })*] extra [$({ $extra:ident $extra_of:tt })?]
            returns [$ret:ident $($outcome:ident)?] makes [$($made:ident)?]
            owes $owes:tt settles $settles:tt
            among $among:tt only $only:tt
            answers [$($which:ident($answer:ident))*]
            $(deprecated $deprecated:literal)?
        }
    )*) => {
        $(
            $(#[doc = $about])+
            #[doc = concat!("\nMicrosoft's documentation calls it `", $docs, "`. NDIS ", stringify!($since), " and later.")]
            #[doc = "\n| C parameter | C type | the function takes |\n|---|---|---|"]
            $(#[doc = concat!("| `", stringify!($param), "` | `", stringify!($ty), "` | ", taken_as!($role $of), " |")])*
            $(#[doc = concat!("| | | ", taken_as!($extra $extra_of), " |")])?
            #[doc = concat!("\nThe function returns `", returned_as!($ret $($outcome)?), "`; C gets `", stringify!($ret), "`.")]
            #[doc = concat!("\n- IRQL: ", stringify!($min) $(, " to ", stringify!($max))?)]
            #[doc = concat!("- documented statuses: ", stringify!($among))]
            #[doc = concat!("- legal statuses: ", stringify!($only))]
            #[doc = concat!("- when the function did not run or did not end as it should: " $(, "`", stringify!($which), "` ", stringify!($answer), "; ")*)]
            #[allow(non_camel_case_types)]
            #[derive(Debug)]
            pub enum $name {}

            impl $name {
                /// A call with the arguments NDIS passed, for the code that `#[ndis_callback]` writes.
                #[doc(hidden)]
                #[cfg_attr(not(debug_assertions), inline(always))]
                pub fn call(raw: <Self as Callback>::Raw) -> RawCall<Self> {
                    RawCall::new(raw)
                }
            }

            const _: () = {
                #[allow(unused_imports)]
                use crate::sys::{*, $family::*};
                use crate::contract::irql::level::*;
                #[allow(unused_imports)]
                use crate::boundary::argument::words::*;

                type This = crate::callback::$name;

                impl sealed::Sealed for This {}

                impl Callback for This {
                    const NAME: &'static str = stringify!($name);
                    const SINCE: (u8, u8) = version(stringify!($since));
                    const IRQL: IrqlRange = IrqlRange { min: $min.min, max: last!($min $($max)?).max };
                    const STATUSES: Statuses = statuses!($name $among $only);
                    const ANSWERS: Answers<$ret> = answers!($($which($answer))*);
                    const PLAIN: bool = true $(&& ndis_catalogue::role::$role.is_plain())* && !settles!($settles);
                    const LENDS: usize = 0 $(+ ndis_catalogue::role::$role.lends() as usize)*;
                    const MAKES: bool = makes!($($outcome)?);
                    #[cfg(debug_assertions)]
                    const FACTS: &'static crate::boundary::erased::Facts<$ret> = &FACTS;
                    type Return = $ret;
                    type Raw = ($($ty,)*);
                    type Pointer = last!($($pointer)+);
                    type Scratch = scratch!($({$role $of})* $({$extra $extra_of})?);
                    type Returned = returned!($ret $($outcome)?);

                    #[cfg_attr(not(debug_assertions), inline(always))]
                    #[allow(non_snake_case, unused_variables)]
                    fn context(raw: Self::Raw) -> NDIS_HANDLE {
                        let ($($param,)*) = raw;
                        let context: NDIS_HANDLE = null_mut();
                        $( let context: NDIS_HANDLE = context!($role $param context); )*
                        context
                    }

                    #[cfg_attr(not(debug_assertions), inline(always))]
                    #[allow(non_snake_case, unused_variables)]
                    fn outs(raw: Self::Raw) -> [PVOID; 2] {
                        let ($($param,)*) = raw;
                        outs!([] $({$role $param})*)
                    }

                    #[cfg_attr(not(debug_assertions), inline(always))]
                    #[allow(non_snake_case, unused_variables)]
                    unsafe fn prepare(raw: Self::Raw, state: &State) -> Result<(), BreachKind> {
                        let ($($param,)*) = raw;
                        let ready = Ok(());
                        $( let ready = ready.and(prepare!($role $of $param state)); )*
                        ready
                    }

                    #[allow(non_snake_case, unused_variables)]
                    unsafe fn settle(raw: Self::Raw, state: &State) {
                        settle! { state raw [0 1 2 3 4 5 6 7 8] $($role)* }
                        settles! { state raw $settles }
                    }
                }

                // Compiled in this crate, not in each driver.
                #[cfg(debug_assertions)]
                static FACTS: crate::boundary::erased::Facts<$ret> = crate::boundary::erased::Facts::of::<This>();

                places! {
                    $name [] [0 1 2 3 4 5 6 7 8] [$({$role $of ($ty)})*]
                    [$({$role $of ($ty)})* $({extra $extra $extra_of})?]
                }
                settles! { $name ($($param)*) $settles }
                owes! { $name [$($outcome)?] [$($role)*] ($($param)*) $owes }

                let _prototype: <This as Callback>::Pointer = None::<unsafe extern "system" fn($($ty),*) -> $ret>;
                assert!(This::IRQL.min.as_raw() <= This::IRQL.max.as_raw(), "the IRQL range is empty");
            };
        )*
    };
}

ndis_catalogue::for_each_callback! { types }
