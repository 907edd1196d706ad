//! The one matcher of entries. What it makes of a family's: [`Callback`](crate::Callback)s as data, and a macro named like
//! the family that hands them to a view in their normal form, with every part in its place.

/// Makes the entries of a family. `($)` is how a macro names the dollar of the macro it makes.
macro_rules! callbacks {
    (($d:tt) $family:ident:
        $(
            $(#[doc = $about:literal])+
            #[docs($docs:literal), since $since:literal, irql $min:ident $(..= $max:ident)?]
            $(#[pointer($pointer:ident)])?
            $(#[shares($shared:ident)])?
            $(#[table($($table:ident.$field:ident),+ $(,)?)])?
            $(#[deprecated($deprecated:literal)])?
            $(#[judgement($judgement:literal)])?
            $ret:ident $name:ident($($role:tt $(($of:ident))? $param:ident: $ty:ty),* $(,)?)
                $(takes $extra:tt($extra_of:ident))?
                $(returns $outcome:tt $(($made:ident))?)?
                $(owes $owed:ident($($debt:ident),* $(,)?))?
                $(settles $settled:ident($($settlement:ident),* $(,)?))?
                $(among [$($among:ident),* $(,)?])?
                $(only [$($only:ident),* $(,)?])?
                $(bad argument => $bad_argument:ident $(,)?)?
                $(failed => $failed:ident $(,)?)?
                $(panicked => $panicked:ident $(,)?)?
                $(poisoned => $poisoned:ident $(,)?)?
                $(otherwise => $otherwise:ident)?;
        )*
    ) => {
        pub(crate) static CALLBACKS: &[$crate::Callback] = {
            #[allow(unused_imports)]
            use $crate::table::{Answers, Callback, Parameter, Payment, Statuses};
            // By their words alone, so that the compiler points at a wrong one in the entry.
            use $crate::words::{outcome::*, role::*};

            $(
                const $name: Callback = Callback {
                    family: stringify!($family),
                    name: stringify!($name),
                    about: &[$($about),+],
                    docs: $docs,
                    since: stringify!($since),
                    irql: (stringify!($min), last!([stringify!($min)] $([stringify!($max)])?)),
                    pointer: last!([stringify!($name)] $([stringify!($pointer)])? $([stringify!($shared)])?),
                    shares_pointer: last!([false] $([is_some!($shared)])?),
                    tables: last!([&[]] $([&[$((stringify!($table), stringify!($field))),+]])?),
                    deprecated: last!([None] $([Some($deprecated)])?),
                    judgement: last!([None] $([Some($judgement)])?),
                    parameters: &[$(
                        Parameter {
                            name: stringify!($param),
                            c_type: stringify!($ty),
                            role: $role,
                            of: last!([None] $([Some(stringify!($of))])?),
                        },
                    )*],
                    extra: last!([None] $([Some(Parameter {
                        name: stringify!($extra),
                        c_type: "",
                        role: $extra,
                        of: Some(stringify!($extra_of)),
                    })])?),
                    c_return: stringify!($ret),
                    outcome: last!([outcome_of(stringify!($ret))] $([$outcome])?),
                    makes: last!([None] $($([Some(stringify!($made))])?)?),
                    owes: last!([None] $([Some(Payment {
                        function: stringify!($owed),
                        arguments: &[$(stringify!($debt)),*],
                    })])?),
                    settles: last!([None] $([Some(Payment {
                        function: stringify!($settled),
                        arguments: &[$(stringify!($settlement)),*],
                    })])?),
                    statuses: last!(
                        [Statuses::None]
                        $([Statuses::Among(&[$(stringify!($among)),*])])?
                        $([Statuses::Only(&[$(stringify!($only)),*])])?
                    ),
                    answers: Answers::otherwise(last!([answer!(nothing)] $([answer!($otherwise)])?))
                        $(.bad_argument(answer!($bad_argument)))?
                        $(.failed(answer!($failed)))?
                        $(.panicked(answer!($panicked)))?
                        $(.poisoned(answer!($poisoned)))?,
                }
                .checked();
            )*
            &[$($name),*]
        };

        #[doc = concat!("Hands the callbacks of the family `", stringify!($family), "` to the macro named `$view`.")]
        #[macro_export]
        macro_rules! $family {
            ($d view:ident) => {
                $d view! { $family: $(
                    $name {
                        about [$($about)+] docs $docs since $since irql [$min $($max)?]
                        pointer [$name $($pointer)? $($shared)?] $(shares $shared)?
                        parameters [$({ $role [$($of)?] $param ($ty) })*] extra [$({ $extra [$extra_of] })?]
                        returns [$ret $($outcome)?] makes [$($($made)?)?]
                        owes [$($owed($($debt)*))?] settles [$($settled($($settlement)*))?]
                        among [$($($among)*)?] only [$($($only)*)?]
                        answers [
                            $(otherwise($otherwise))? $(bad_argument($bad_argument))? $(failed($failed))?
                            $(panicked($panicked))? $(poisoned($poisoned))?
                        ]
                        $(deprecated $deprecated)?
                    }
                )* }
            };
        }
    };
}

/// The last of some values: what an entry says stands behind what holds when it says nothing.
macro_rules! last {
    ([$value:expr]) => { $value };
    ([$earlier:expr] $($later:tt)+) => { last!($($later)+) };
}

/// That something is there.
macro_rules! is_some {
    ($there:ident) => {
        true
    };
}

/// An answer, by its word or its value.
macro_rules! answer {
    (nothing) => {
        $crate::table::Answer::Return("()")
    };
    (run) => {
        $crate::table::Answer::Run
    };
    (fatal) => {
        $crate::table::Answer::Fatal
    };
    ($value:ident) => {
        $crate::table::Answer::Return(stringify!($value))
    };
}
