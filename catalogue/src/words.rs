//! The words of the entries: roles of parameters, and outcomes of functions, a row each.

/// What a function takes for a parameter, as far as one can say without its type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// The driver's object, which comes first: `&T`.
    Object,
    /// A handle of the driver's that NDIS gives back.
    Handle,
    /// What the call is about.
    Value,
    /// Nothing: the runtime writes or reads the parameter.
    Nothing,
}

macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $word:ident = $name:ident: $taken:ident, $spelling:literal;)*) => {
        /// What a C parameter is for the driver.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Role {
            $($(#[doc = $doc])+ $name,)*
        }

        /// The roles by their words.
        #[allow(non_upper_case_globals, missing_docs)]
        pub mod role {
            use super::Role;
            $(pub const $word: Role = Role::$name;)*
        }

        impl Role {
            /// What the function takes for the parameter.
            pub const fn taken(self) -> Taken {
                match self {
                    $(Role::$name => Taken::$taken,)*
                }
            }

            /// How the function spells what it takes; `{}` stands for what the entry names in parentheses.
            /// `T` is the type of a context, `U` of what is made or given back.
            pub const fn spelling(self) -> &'static str {
                match self {
                    $(Role::$name => $spelling,)*
                }
            }
        }
    };
}

roles! {
    /// The driver's context, shared for the call.
    lent = Lent: Object, "&T";
    /// The same, where NDIS may pass NULL.
    lent_opt = LentOrNull: Object, "Option<&T>";
    /// The driver's context, shared for the call and dropped after it.
    retired = Retired: Object, "&T";
    /// The driver's context, shared for the call and dropped after it if NDIS gets success.
    ended = Ended: Object, "&T";
    /// The driver's handle, which comes back.
    given_back = GivenBack: Handle, "Handle<U>";
    /// Where the runtime writes the handle that the function made.
    makes = Makes: Nothing, "";
    /// An out value, written from the function's result.
    out = Out: Nothing, "";
    /// It belongs to another parameter's value, which the entry names.
    part = Part: Nothing, "";
    /// NDIS says nothing about it.
    reserved = Reserved: Nothing, "";
    /// A structure of NDIS's, for the call.
    view = View: Value, "{}<'_>";
    /// A handle of NDIS's own, for the call.
    handle = NdisHandle: Value, "{}<'_>";
    /// Something to be answered, now or later.
    operation = Operation: Value, "{}<'_>";
    /// The one exception: a binding or none, and what is to be answered of it.
    event = Event: Value, "{}<'_, T>";
    /// Something to be answered by making a binding.
    binds = Binds: Value, "{}<'_, U>";
    /// Net buffer lists that the driver owns from here on.
    owned = Owned: Value, "Chain<{}>";
    /// Net buffer lists that the driver owns from here on, unless the flags say that they are lent for the call.
    received = Received: Value, "Received<'_, {}>";
    /// Something of the driver's own that comes back.
    comes_back = ComesBack: Value, "{}<'_>";
    /// A plain value.
    value = Value: Value, "{}";
    /// A plain value that also says at which IRQL NDIS calls.
    level = Level: Value, "{}";
    /// The C argument as it is.
    raw = Raw: Value, "{}";
}

impl Role {
    /// Whether the parameter is one of the driver's contexts or handles.
    pub const fn is_kept(self) -> bool {
        matches!(self.taken(), Taken::Object | Taken::Handle) || matches!(self, Role::Event | Role::Binds)
    }

    /// Whether the function borrows one of the driver's contexts by the parameter.
    pub const fn lends(self) -> bool {
        matches!(self.taken(), Taken::Object) || matches!(self, Role::Event)
    }

    /// Whether nothing but the answer matters to a call that went wrong, as far as this parameter goes: nothing is to be
    /// settled, nothing ends with the call, and the argument switches no check off.
    pub const fn is_plain(self) -> bool {
        !matches!(self, Role::Retired | Role::Ended | Role::Owned | Role::Received | Role::ComesBack | Role::Level)
    }

    /// Whether the function comes to owe NDIS something by it, so that the entry says what pays.
    pub const fn owes(self) -> bool {
        matches!(self, Role::Operation | Role::Event | Role::Binds | Role::Owned | Role::Received | Role::ComesBack)
    }
}

macro_rules! outcomes {
    ($($(#[doc = $doc:literal])+ $word:ident = $name:ident: $spelling:literal, $fails:literal, $sentence:literal;)*) => {
        /// What the function returns, and what the runtime makes of it.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Outcome {
            $($(#[doc = $doc])+ $name,)*
        }

        /// The outcomes by their words.
        #[allow(non_upper_case_globals, dead_code)]
        pub(crate) mod outcome {
            use super::{Outcome, is};
            $(pub(crate) const $word: Outcome = Outcome::$name;)*

            /// The outcome of a callback with this C return type that says none.
            pub(crate) const fn outcome_of(c_return: &str) -> Outcome {
                if is(c_return, "VOID") {
                    Outcome::Nothing
                } else if is(c_return, "BOOLEAN") {
                    Outcome::Boolean
                } else {
                    Outcome::Status
                }
            }
        }

        impl Outcome {
            /// All of them.
            pub const ALL: &[Outcome] = &[$(Outcome::$name),*];

            /// How the function spells what it returns; `U` is not the `T` of its contexts.
            pub const fn spelling(self) -> &'static str {
                match self {
                    $(Outcome::$name => $spelling,)*
                }
            }

            /// Whether the function may return an error.
            pub const fn fails(self) -> bool {
                match self {
                    $(Outcome::$name => $fails,)*
                }
            }

            /// What the attribute says of another return type.
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Outcome::$name => $sentence,)*
                }
            }
        }
    };
}

outcomes! {
    /// Nothing.
    nothing = Nothing: "()", false,
        "this callback returns nothing to NDIS, not even a failure: handle the error in the function, and remove the return type";
    /// A `BOOLEAN`.
    boolean = Boolean: "bool", false, "this callback answers NDIS yes or no: return `bool`";
    /// A `BOOLEAN` and the two out values of an interrupt service routine.
    interrupt = Interrupt: "Interrupt", false,
        "NDIS reads three values of an interrupt service routine: return `ndis::Interrupt`, which has them all";
    /// A status.
    status = Status: "Result<(), E>", true, "this callback succeeds or fails: return `Result<(), E>`";
    /// A handle, through an out parameter.
    made = Made: "Result<Handle<U>, E>", true,
        "this callback hands NDIS a new handle, or fails: return `Result<Handle<T>, E>`";
    /// A context, which the runtime gives to NDIS by a call after the function has returned.
    attached = Attached: "Result<Context<U>, E>", true,
        "this callback gives NDIS a new context, or fails: return `Result<Context<T>, E>`";
    /// A context, which NDIS got by a call inside the function.
    initialized = Initialized: "Result<Initialized<U>, E>", true,
        "this callback initializes an adapter, or fails: return `Result<Initialized<T>, E>`, which the attributes' registration gives";
    /// Whether what NDIS passed goes on to the next driver.
    passed = Passed: "Pass", false, "this callback says whether what NDIS passed goes on: return `Pass::On` or `Pass::Stop`";
    /// An operation's answer.
    answered = Answered: "Result<Answered, E>", true,
        "this callback answers a request, or fails: return `Result<Answered, E>`, with what the request's `done()` or `pend()` gives";
    /// The answer of an operation that cannot fail.
    completed = Completed: "Answered", false,
        "this callback cannot fail: return `Answered`, which the operation's `done()` and `pend()` give";
}

impl Outcome {
    /// Whether the result holds a context or a handle that NDIS keeps.
    pub const fn makes(self) -> bool {
        matches!(self, Outcome::Made | Outcome::Attached | Outcome::Initialized)
    }

    /// Whether the function answers an operation.
    pub const fn answers(self) -> bool {
        matches!(self, Outcome::Answered | Outcome::Completed)
    }
}

/// The driver's objects and handles: what keeps a context or a handle apart from those of other kinds.
macro_rules! slots {
    ($($(#[doc = $doc:literal])+ $name:ident;)*) => {
        /// The name of each slot, with what is in it.
        pub const SLOTS: &[(&str, &str)] = &[$((stringify!($name), concat!($($doc),+))),*];
    };
}

slots! {
    /// the context of a shared memory provider
    SharedMemoryProvider;
    /// a block of shared memory
    SharedMemoryBlock;
    /// the context of a protocol driver
    ProtocolDriver;
    /// the context of a protocol's binding
    Binding;
    /// the context of a miniport driver
    MiniportDriver;
    /// the context of a miniport adapter
    Adapter;
    /// the context of a registered interrupt
    Interrupt;
    /// the context of a timer
    Timer;
    /// the context of a filter driver
    FilterDriver;
    /// the context of a filter module
    FilterModule;
    /// the context of a CoNDIS address family
    AddressFamily;
    /// a CoNDIS virtual connection
    VirtualConnection;
    /// a PacketDirect provider
    PdProvider;
    /// a PacketDirect counter
    PdCounter;
}

/// Whether two texts are equal, at compile time.
pub(crate) const fn is(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut i = 0;
    while i < one.len() {
        if one[i] != other[i] {
            return false;
        }
        i += 1;
    }
    true
}
