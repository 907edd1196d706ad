//! What is expected of each callback, generated from the facts.

use std::ffi::c_void;

use ndis::sys::*;

use crate::fixture;

/// What NDIS gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// `VOID` returned.
    Nothing,
    /// A `BOOLEAN`.
    Boolean(u8),
    /// A status.
    Status(u32),
    /// No answer: the machine stops.
    Fatal,
    /// The function runs in spite of what happened.
    Run,
}

/// What the fixture's errors say.
pub const RESOURCES: Answer = Answer::Status(0xC000_009A);
pub const FAILURE: Answer = Answer::Status(0xC000_0001);
pub const PENDING: Answer = Answer::Status(0x103);

/// A C argument as a word.
pub type Word = *mut c_void;

/// A number as a word.
pub fn number(number: usize) -> Word {
    std::ptr::without_provenance_mut(number)
}

/// What a C parameter is for the driver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parameter {
    /// The driver's object.
    Object { nullable: bool, ends: Ends },
    /// A handle of the driver's that comes back.
    Handle(Kept),
    /// Where a handle of the driver's is written.
    Made(Kept),
    /// A structure with a header.
    Structure(Structure),
    /// The driver's own request, with a header, which comes back.
    RequestBack(Structure),
    /// Net buffer lists.
    Lists { may_be_lent: bool },
    /// A handle of NDIS's own.
    NdisHandle,
    /// A value, to pass.
    Value(u32),
    /// Flags; the one that says that the call is made at DISPATCH_LEVEL.
    Flags { dispatch: u32 },
    /// Where a `BOOLEAN` is written.
    Boolean,
    /// Where a `ULONG` is written.
    Ulong,
    /// Nothing.
    Reserved,
}

/// When an object ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ends {
    Never,
    OnReturn,
    OnSuccess,
}

/// What is in a handle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    Object,
    Block,
}

/// A structure that begins with a header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Structure {
    pub name: &'static str,
    pub object_type: u8,
    /// The size of the first revision.
    pub minimum: u16,
    /// The size of the newest revision, with padding.
    pub size: u16,
}

/// How a call is settled, and by which NDIS function.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    pub how: How,
    pub function: &'static str,
    pub arguments: &'static [Paid],
    /// The highest level at which the function may be called.
    pub highest_level: u8,
}

/// What is settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// An operation: by the callback's status, or by the function when it pended.
    Answered,
    /// Lists are given back.
    Lists { have_status: bool },
    /// The original of a request that came back is completed.
    Original,
    /// What the callback got goes on to the next driver.
    Passed,
}

/// An argument of the function that settles a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paid {
    /// NDIS's handle of the object.
    Handle,
    /// What the callback got in this place.
    Argument(usize),
    Status,
    Flags,
    Boolean,
    Original,
}

/// A callback.
#[derive(Clone, Copy, Debug)]
pub struct Callback {
    pub name: &'static str,
    pub call: fn(&[Word]) -> Answer,
    pub parameters: &'static [Parameter],
    /// The NDIS function that gives NDIS a context that the function makes.
    pub gives: Option<&'static str>,
    /// The function can return an error.
    pub may_fail: bool,
    /// The compiler sees to it that the error is a legal one.
    pub is_closed: bool,
    /// The lowest and highest level NDIS calls at, both legal.
    pub irql: (u8, u8),
    pub settled: Option<Settled>,
    /// What NDIS gets when all is well ...
    pub ok: Answer,
    /// ... for a bad argument ...
    pub refused: Answer,
    /// ... called at a wrong level, or when the result cannot be delivered ...
    pub failed: Answer,
    /// ... after a panic ...
    pub panicked: Answer,
    /// ... when an earlier panic had poisoned the context.
    pub poisoned: Answer,
}

impl Callback {
    /// The callback of this name.
    pub fn of(name: &str) -> &'static Callback {
        CALLBACKS.iter().find(|callback| callback.name == name).unwrap()
    }

    /// Whether it has such a parameter.
    pub fn has(&self, is: impl Fn(Parameter) -> bool) -> bool {
        self.parameters.iter().copied().any(is)
    }

    /// The structure it gets.
    pub fn structure(&self) -> Option<Structure> {
        self.parameters.iter().find_map(|parameter| match parameter {
            Parameter::Structure(structure) | Parameter::RequestBack(structure) => Some(*structure),
            _ => None,
        })
    }

    /// Whether its object may be NULL, and when it ends.
    pub fn object(&self) -> Option<(bool, Ends)> {
        self.parameters.iter().find_map(|parameter| match parameter {
            Parameter::Object { nullable, ends } => Some((*nullable, *ends)),
            _ => None,
        })
    }

    /// How a call is settled.
    pub fn how(&self) -> Option<How> {
        self.settled.map(|settled| settled.how)
    }

    /// Whether NDIS's handle of the object is needed to settle a call.
    pub fn is_settled_by_handle(&self) -> bool {
        self.settled.is_some_and(|settled| settled.arguments.contains(&Paid::Handle))
    }

    /// What is settled before or after the call, even if the function does not run: through NDIS's handle of the object.
    pub fn settles_itself(&self) -> bool {
        matches!(self.how(), Some(How::Lists { .. } | How::Original | How::Passed))
    }
}

/// A C argument, from a word.
trait FromWord {
    fn from_word(word: Word) -> Self;
}

impl<T> FromWord for *mut T {
    fn from_word(word: Word) -> Self {
        word.cast()
    }
}

impl<T> FromWord for *const T {
    fn from_word(word: Word) -> Self {
        word.cast()
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(
            impl FromWord for $number {
                fn from_word(word: Word) -> Self {
                    word.addr() as $number
                }
            }
        )*
    };
}

numbers! { u8 u16 u32 u64 i32 }

fn from_word<T: FromWord>(word: Word) -> T {
    T::from_word(word)
}

/// Every callback of the catalogue.
pub const CALLBACKS: &[Callback] = include!(concat!(env!("OUT_DIR"), "/table.rs"));
