//! An entry as data.

use crate::words::{Outcome, Role, SLOTS, Taken, is};

/// A callback, as its entry says.
#[derive(Debug)]
pub struct Callback {
    /// The family whose file has the entry.
    pub family: &'static str,
    /// The name in ndis.h, such as `MINIPORT_HALT`.
    pub name: &'static str,
    /// When NDIS calls it, a line each.
    pub about: &'static [&'static str],
    /// The name in Microsoft's documentation, such as `MiniportHaltEx`.
    pub docs: &'static str,
    /// The first NDIS version that has it, such as `6.20`.
    pub since: &'static str,
    /// The lowest and the highest level NDIS calls at, by their names in wdm.h.
    pub irql: (&'static str, &'static str),
    /// The C pointer type.
    pub pointer: &'static str,
    /// The pointer type is that of another entry.
    pub shares_pointer: bool,
    /// The fields its pointer goes into: structure and field.
    pub tables: &'static [(&'static str, &'static str)],
    /// What is said to a driver that still uses it.
    pub deprecated: Option<&'static str>,
    /// What in this entry is a judgement that no header and no document confirms.
    pub judgement: Option<&'static str>,
    /// The C parameters, in C's order.
    pub parameters: &'static [Parameter],
    /// What the function takes beside them, if anything.
    pub extra: Option<Parameter>,
    /// The C return type.
    pub c_return: &'static str,
    /// What the function returns.
    pub outcome: Outcome,
    /// The slot of the context that the function makes, where no parameter says so.
    pub makes: Option<&'static str>,
    /// The NDIS function that pays what the driver owes.
    pub owes: Option<Payment>,
    /// The NDIS function that does what the function would have done, when it did not run.
    pub settles: Option<Payment>,
    /// What the callback may return.
    pub statuses: Statuses,
    /// What NDIS gets when the function did not run or did not end as it should.
    pub answers: Answers<&'static str>,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in C; that of the word for what has no C parameter.
    pub name: &'static str,
    /// Its C type as Rust spells it, such as `*const NDIS_PD_COUNTER_PARAMETERS`.
    pub c_type: &'static str,
    /// What it is for the driver.
    pub role: Role,
    /// What the role is about: a slot, a type of the crate `ndis`, or the parameter it is a part of.
    pub of: Option<&'static str>,
}

/// A call of an NDIS function. Each argument is the name of a C parameter, or one of the words `handle` (NDIS's handle of the
/// object), `status`, `chain` (the lists), `flags`, `boolean`, and `original` (of a clone).
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// The function.
    pub function: &'static str,
    /// What it is given.
    pub arguments: &'static [&'static str],
}

/// What a callback may return.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Statuses {
    /// It returns no status.
    None,
    /// These are documented; any failure may be passed on.
    Among(&'static [&'static str]),
    /// These and no others.
    Only(&'static [&'static str]),
}

impl Statuses {
    /// The statuses that are named.
    pub const fn named(self) -> &'static [&'static str] {
        match self {
            Statuses::None => &[],
            Statuses::Among(statuses) | Statuses::Only(statuses) => statuses,
        }
    }
}

/// What NDIS gets when the function did not run or did not end as it should.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer<R> {
    /// This value.
    Return(R),
    /// The function runs all the same.
    Run,
    /// No answer is legal: the machine stops.
    Fatal,
}

/// The four answers of a callback.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answers<R> {
    /// For an argument that breaks NDIS's contract.
    pub bad_argument: Answer<R>,
    /// Called at a wrong IRQL, or when the result cannot be delivered.
    pub failed: Answer<R>,
    /// After a panic that was contained.
    pub panicked: Answer<R>,
    /// When an earlier panic poisoned the context.
    pub poisoned: Answer<R>,
}

impl<R: Copy> Answers<R> {
    /// This one in all cases.
    pub const fn otherwise(answer: Answer<R>) -> Answers<R> {
        Answers { bad_argument: answer, failed: answer, panicked: answer, poisoned: answer }
    }

    /// With another one for a bad argument.
    pub const fn bad_argument(self, answer: Answer<R>) -> Answers<R> {
        Answers { bad_argument: answer, ..self }
    }

    /// With another one for a wrong call or result.
    pub const fn failed(self, answer: Answer<R>) -> Answers<R> {
        Answers { failed: answer, ..self }
    }

    /// With another one after a panic.
    pub const fn panicked(self, answer: Answer<R>) -> Answers<R> {
        Answers { panicked: answer, ..self }
    }

    /// With another one for a poisoned context.
    pub const fn poisoned(self, answer: Answer<R>) -> Answers<R> {
        Answers { poisoned: answer, ..self }
    }
}

impl Callback {
    /// Everything the function could take, with its place: the C parameters, counted from 0, and what comes beside them.
    pub fn places(&'static self) -> impl Iterator<Item = (usize, &'static Parameter)> {
        self.parameters.iter().chain(&self.extra).enumerate()
    }

    /// What the function takes, in its order: objects and handles first, then what the call is about.
    pub fn arguments(&'static self) -> impl Iterator<Item = (usize, &'static Parameter)> {
        let taken =
            |wanted: fn(Taken) -> bool| self.places().filter(move |(_, parameter)| wanted(parameter.role.taken()));
        taken(|taken| taken == Taken::Object)
            .chain(taken(|taken| taken == Taken::Handle))
            .chain(taken(|taken| taken == Taken::Value))
    }

    /// The contexts and handles that registration compares: those the function takes, in its order, and what it makes.
    pub fn slots(&'static self) -> impl Iterator<Item = &'static str> {
        self.arguments().filter_map(|(_, parameter)| parameter.slot()).chain(self.made())
    }

    /// The slot of what the function makes.
    pub fn made(&'static self) -> Option<&'static str> {
        let out = self.parameters.iter().find(|parameter| parameter.role == Role::Makes);
        self.makes.or(out.and_then(|parameter| parameter.of))
    }

    /// Stops the compilation at an entry that contradicts itself.
    pub(crate) const fn checked(self) -> Callback {
        let (mut values, mut makes, mut owes, mut ends, mut i) = (0, self.makes.is_some() as usize, false, false, 0);
        while i < self.parameters.len() {
            let parameter = self.parameters[i];
            owes |= parameter.role.owes();
            ends |= matches!(parameter.role, Role::Ended);
            values += matches!(parameter.role.taken(), Taken::Value) as usize;
            makes += matches!(parameter.role, Role::Makes) as usize;
            match (parameter.role, parameter.of) {
                (Role::Out | Role::Reserved | Role::Raw, None) => {}
                (Role::Part, Some(head)) => assert!(self.has_value(head), "`part` names the parameter of a value"),
                (Role::Makes, Some(slot)) => assert!(is_slot(slot), "no slot has this name"),
                (_, Some(slot)) if matches!(parameter.role.taken(), Taken::Object | Taken::Handle) => {
                    assert!(is_slot(slot), "no slot has this name");
                }
                (Role::Out | Role::Reserved | Role::Raw, Some(_)) => panic!("this role is about nothing"),
                (_, None) => panic!("this role says what it is about, in parentheses"),
                (_, Some(_)) => {}
            }
            i += 1;
        }
        if let Some(extra) = self.extra {
            owes |= extra.role.owes();
            values += 1;
        }
        assert!(values <= 1, "a function takes one value: the others are parts of it");
        assert!((makes == 1) == self.outcome.makes(), "what is made, and the outcome that makes it, belong together");
        assert!(!owes || self.owes.is_some(), "a role of this entry owes NDIS something: say `owes Function(..)`");
        assert!(owes || self.owes.is_none(), "no role of this entry owes NDIS anything");
        let passes = matches!(self.outcome, Outcome::Passed);
        assert!(!passes || self.settles.is_some(), "what is passed on is: say `settles Function(..)`");
        assert!(
            !ends || !owes || matches!(self.outcome, Outcome::Completed),
            "a context ends with an operation that cannot fail"
        );
        assert!(self.parameters.len() <= 8, "a callback has at most 8 C parameters");
        assert!(
            !matches!(self.answers.bad_argument, Answer::Run)
                && !matches!(self.answers.failed, Answer::Run)
                && !matches!(self.answers.panicked, Answer::Run),
            "only a poisoned context leaves the function to run"
        );
        self
    }

    /// Whether a parameter of this name stands for a value.
    const fn has_value(&self, name: &str) -> bool {
        let mut i = 0;
        while i < self.parameters.len() {
            let parameter = self.parameters[i];
            if matches!(parameter.role.taken(), Taken::Value) && is(parameter.name, name) {
                return true;
            }
            i += 1;
        }
        false
    }
}

impl Parameter {
    /// The slot of the context or handle that the function takes by this parameter.
    pub fn slot(&self) -> Option<&'static str> {
        match self.role {
            Role::Event | Role::Binds => Some("Binding"),
            role if role.is_kept() => self.of,
            _ => None,
        }
    }

    /// How the function spells what it takes for the parameter.
    pub fn spelling(&self) -> Spelling<'_> {
        Spelling(self)
    }
}

/// Prints what a function takes for a parameter.
#[derive(Debug)]
pub struct Spelling<'a>(&'a Parameter);

impl core::fmt::Display for Spelling<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let of = if matches!(self.0.role, Role::Raw) { self.0.c_type } else { self.0.of.unwrap_or_default() };
        match self.0.role.spelling().split_once("{}") {
            Some((before, after)) => write!(f, "{before}{of}{after}"),
            None => f.write_str(self.0.role.spelling()),
        }
    }
}

const fn is_slot(name: &str) -> bool {
    let mut i = 0;
    while i < SLOTS.len() {
        if is(SLOTS[i].0, name) {
            return true;
        }
        i += 1;
    }
    false
}
