//! The view of the catalogue that the macro looks callbacks up in.

/// A callback, as its entry in the catalogue says.
pub(crate) struct Callback {
    pub(crate) family: &'static str,
    pub(crate) name: &'static str,
    pub(crate) function: &'static str,
    /// The C pointer type.
    pub(crate) pointer: &'static str,
    /// When NDIS calls it.
    pub(crate) doc: &'static [&'static str],
    pub(crate) parameters: &'static [Parameter],
    pub(crate) c_return: &'static str,
    pub(crate) since: &'static str,
    /// The fields of NDIS's tables its pointer goes into, with the table's name.
    pub(crate) registered: &'static [(&'static str, &'static str)],
    pub(crate) irql: (&'static str, &'static str),
    pub(crate) outcome: Outcome,
    pub(crate) statuses: &'static [&'static str],
    /// Whether it may return no others.
    pub(crate) statuses_are_closed: bool,
    pub(crate) panic_is_fatal: bool,
}

/// A C parameter.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) c_type: &'static str,
    pub(crate) role: Role,
    /// The type of this crate that stands for it, if the role has one.
    pub(crate) rust: Option<&'static str>,
}

impl Parameter {
    /// The name of the structure the parameter points to, if the runtime looks into one.
    pub(crate) fn structure(&self) -> Option<&'static str> {
        let name = self.c_type.rsplit(' ').next().unwrap_or(self.c_type);
        let is_typedef = name == self.c_type;
        let looked_into = matches!(self.role, Role::View | Role::Operation | Role::Owned);
        looked_into.then(|| name.strip_prefix('P').filter(|_| is_typedef).unwrap_or(name))
    }
}

/// What a C parameter is for the driver; the catalogue's documentation explains each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Lent,
    NullableLent,
    GivenBack,
    Retired,
    MadeOut,
    View,
    Operation,
    Owned,
    NdisHandle,
    Value,
    IrqlFlags,
    Out,
}

impl Role {
    /// Whether the runtime writes this parameter from the function's result, so that the function does not take it.
    pub(crate) fn is_out(self) -> bool {
        matches!(self, Role::MadeOut | Role::Out)
    }

    /// Whether it is one of the driver's contexts or handles.
    pub(crate) fn is_context(self) -> bool {
        matches!(self, Role::Lent | Role::NullableLent | Role::Retired | Role::GivenBack)
    }

    /// Whether it is a plain value in C too.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, Role::Value | Role::IrqlFlags)
    }
}

/// What the function returns; the catalogue's documentation explains each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Nothing,
    Boolean,
    Interrupt,
    Status,
    Made,
    Attached,
    Answered,
    Completed,
}

/// Whether a word of the catalogue is this one.
macro_rules! is {
    (Fatal Fatal) => {
        true
    };
    (closed closed) => {
        true
    };
    ($word:ident $other:ident) => {
        false
    };
}

macro_rules! or_none {
    () => {
        None
    };
    ($name:ident) => {
        Some(stringify!($name))
    };
}

macro_rules! entries {
    ($family:ident:
        $( $(#[doc = $doc:literal])* $name:ident = $function:literal {
            $(typedef $typedef:ident)? $(shares $shared:ident)?
            ($($param:ident: $ty:ty = $role:ident $(<$slot:ident>)? $(as $rust:ident)?,)*) -> $ret:ident
            since $since:literal
            registered [$($table:ident.$field:ident),*]
            irql $min:ident..=$max:ident
            returns $outcome:ident $(<$made:ident>)?
            statuses $set:ident [$($status:ident),*]
            refused $refused:ident $(($refused_value:tt))?
            failed $failed:ident $(($failed_value:tt))?
            panicked $panicked:ident $(($panicked_value:tt))?
            poisoned $poisoned:ident $(($poisoned_value:tt))?
        } )*
    ) => {
        pub(super) static $family: &[Callback] = &[$(
            Callback {
                family: stringify!($family),
                name: stringify!($name),
                function: $function,
                pointer: concat!($(stringify!($typedef))? $(stringify!($shared))?),
                doc: &[$($doc),*],
                parameters: &[$(
                    Parameter {
                        name: stringify!($param),
                        c_type: stringify!($ty),
                        role: Role::$role,
                        rust: or_none!($($rust)?),
                    },
                )*],
                c_return: stringify!($ret),
                since: stringify!($since),
                registered: &[$((stringify!($table), stringify!($field))),*],
                irql: (stringify!($min), stringify!($max)),
                outcome: Outcome::$outcome,
                statuses: &[$(stringify!($status)),*],
                statuses_are_closed: is!(closed $set),
                panic_is_fatal: is!(Fatal $panicked),
            },
        )*];
    };
}

mod families {
    #![allow(non_upper_case_globals)]
    use super::{Callback, Outcome, Parameter, Role};

    ndis_catalogue::for_each_callback! { entries }
}

macro_rules! all {
    ($($family:ident)*) => {
        /// Every callback, family by family.
        pub(crate) fn all() -> impl Iterator<Item = &'static Callback> {
            [$(families::$family),*].into_iter().flatten()
        }
    };
}
ndis_catalogue::for_each_family! { all }

macro_rules! names {
    ($($name:ident)*) => {
        /// The callback types that NDIS implements and a driver calls.
        static IMPLEMENTED_BY_NDIS: &[&str] = &[$(stringify!($name)),*];
    };
}
ndis_catalogue::implemented_by_ndis! { names }

/// The callback of this name in ndis.h.
pub(crate) fn find(name: &str) -> Option<&'static Callback> {
    all().find(|callback| callback.name == name)
}

/// Whether NDIS implements the callback type of this name.
pub(crate) fn is_implemented_by_ndis(name: &str) -> bool {
    IMPLEMENTED_BY_NDIS.contains(&name)
}

/// The callbacks the author may have meant by `name`: those that the documentation, a pointer type or a table's field
/// calls so, or else the one with the most similar name.
pub(crate) fn nearest(name: &str) -> Vec<&'static Callback> {
    let also_called = |callback: &&Callback| {
        callback.function == name
            || callback.pointer == name
            || callback.registered.iter().any(|(_, field)| *field == name)
    };
    let mut meant: Vec<_> = all().filter(also_called).collect();
    if meant.is_empty() {
        meant.extend(similar(name, all(), |callback| callback.name));
    }
    meant
}

/// What has the name most similar to `name`, if one is similar enough.
pub(crate) fn similar<T>(name: &str, all: impl Iterator<Item = T>, name_of: impl Fn(&T) -> &str) -> Option<T> {
    let name = name.to_lowercase();
    all.map(|candidate| (strsim::jaro_winkler(&name_of(&candidate).to_lowercase(), &name), candidate))
        .filter(|(similarity, _)| *similarity > 0.85)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callbacks_are_found_by_their_other_names() {
        for (called, name) in [
            ("MiniportHaltEx", "MINIPORT_HALT"),
            ("HaltHandlerEx", "MINIPORT_HALT"),
            ("MINIPORT_HALT_HANDLER", "MINIPORT_HALT"),
            ("ALLOCATE_SHARED_MEMORY_HANDLR", "ALLOCATE_SHARED_MEMORY_HANDLER"),
            ("filter_pause", "FILTER_PAUSE"),
        ] {
            let meant: Vec<_> = nearest(called).iter().map(|callback| callback.name).collect();
            assert_eq!(meant, [name], "{called}");
        }
        assert!(nearest("SetOptionsHandler").len() > 1);
        assert!(nearest("printk").is_empty());
    }

    #[test]
    fn parameters_can_be_locals() {
        for parameter in all().flat_map(|callback| callback.parameters) {
            let local = crate::diagnostics::snake(parameter.name);
            assert!(syn::parse_str::<syn::Ident>(&local).is_ok(), "{local} is a keyword");
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = all().map(|callback| callback.name).collect();
        names.sort();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }
}
