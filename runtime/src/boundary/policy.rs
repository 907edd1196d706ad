//! What an entry checks, and what it does about a panic: the options of the attribute.

/// When an entry compares the IRQL with the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IrqlCheck {
    /// In every build: a call at a wrong level is reported and not passed on.
    Assert,
    /// In builds with debug assertions.
    Debug,
    /// Never.
    Off,
}

/// What an entry does when the function panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnPanic {
    /// What the catalogue says of the callback.
    Catalogue,
    /// Stop the machine.
    Fatal,
}

/// The options of one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    irql: IrqlCheck,
    on_panic: OnPanic,
}

impl Policy {
    /// What an entry without options does: checks the IRQL in every build, answers a panic as the catalogue says.
    pub const CATALOGUE: Policy = Policy { irql: IrqlCheck::Assert, on_panic: OnPanic::Catalogue };

    /// With another IRQL check.
    pub const fn irql(self, irql: IrqlCheck) -> Policy {
        Policy { irql, ..self }
    }

    /// With another answer to a panic.
    pub const fn on_panic(self, on_panic: OnPanic) -> Policy {
        Policy { on_panic, ..self }
    }

    #[inline(always)]
    pub(crate) const fn checks_irql(self) -> bool {
        match self.irql {
            IrqlCheck::Assert => true,
            IrqlCheck::Debug => cfg!(debug_assertions),
            IrqlCheck::Off => false,
        }
    }

    #[inline(always)]
    pub(crate) const fn panics_are_fatal(self) -> bool {
        matches!(self.on_panic, OnPanic::Fatal)
    }
}
