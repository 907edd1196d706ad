//! One call of a callback: what its entry knows and what must be settled when the function has returned.

use core::cell::Cell;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::breach::BreachKind;
use crate::callback::Callback;
use crate::cell::Header;
use crate::irql::Irql;
use crate::policy::Policy;
use crate::sys::NDIS_HANDLE;

/// The function did not run, or its result could not be delivered.
///
/// A `Result` of this is wider than two registers and has a discriminant of its own (a `Cell` has no niche): a narrower
/// one the compiler would pack into an integer on every way out of the checks, and unpack on the way back to NDIS, also
/// where all went well.
#[derive(Debug)]
#[repr(align(16))]
pub struct Refused(Cell<BreachKind>);

impl Refused {
    /// Why.
    #[inline(always)]
    pub(crate) fn kind(self) -> BreachKind {
        self.0.into_inner()
    }
}

impl From<BreachKind> for Refused {
    #[inline(always)]
    fn from(kind: BreachKind) -> Refused {
        Refused(Cell::new(kind))
    }
}

/// What NDIS called an entry point of `K` with, and the options of that entry.
#[derive(Debug)]
pub struct Entered<K: Callback> {
    pub(crate) raw: K::Raw,
    pub(crate) policy: Policy,
}

impl<K: Callback> Entered<K> {
    /// With other options than the catalogue's.
    #[inline(always)]
    pub fn with(self, policy: Policy) -> Entered<K> {
        Entered { policy, ..self }
    }
}

/// One call of the callback `K`. Borrowed arguments live no longer than this.
///
/// The stage lies elsewhere because arguments borrow it: what no argument points to, the compiler keeps in registers.
#[derive(Debug)]
pub struct Call<K: Callback> {
    pub(crate) raw: K::Raw,
    pub(crate) state: State,
    stage: NonNull<K::Stage>,
}

/// How a call began: the options of the entry, and the IRQL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begun {
    pub(crate) irql: Irql,
    pub(crate) policy: Policy,
}

/// What every call has.
#[derive(Debug)]
pub struct State {
    begun: Begun,
    /// The checks were switched off by an argument: the machine is stopping.
    unchecked: Cell<bool>,
    /// The function runs with a context that an earlier panic had poisoned.
    poisoned: Cell<bool>,
    /// The contexts lent to the function.
    lent: [Cell<Option<NonNull<Header>>>; State::LENT],
    /// The context that ends with this call.
    retired: Cell<Option<NonNull<Header>>>,
    /// The handle of its own that NDIS passed.
    pub(crate) ndis_handle: Cell<NDIS_HANDLE>,
    /// The function got what the driver owns from this call on.
    pub(crate) taken: Cell<bool>,
}

impl<K: Callback> Call<K> {
    /// A call that begins now.
    ///
    /// # Safety
    ///
    /// `stage` outlives the call and is reached through it only.
    #[inline(always)]
    pub(crate) unsafe fn new(entered: &Entered<K>, stage: &K::Stage) -> Call<K> {
        let &Entered { raw, policy } = entered;
        let state = State {
            begun: Begun { policy, irql: if policy.checks_irql() { Irql::current() } else { K::IRQL.min } },
            unchecked: Cell::new(false),
            poisoned: Cell::new(false),
            lent: [const { Cell::new(None) }; State::LENT],
            retired: Cell::new(None),
            ndis_handle: Cell::new(core::ptr::null_mut()),
            taken: Cell::new(false),
        };
        Call { raw, state, stage: NonNull::from(stage) }
    }

    /// What only some callbacks have.
    #[inline(always)]
    pub(crate) fn stage(&self) -> &K::Stage {
        // SAFETY: by the word of `new`'s caller it outlives the call.
        unsafe { self.stage.as_ref() }
    }

    /// Checks that NDIS may call `K` at this IRQL.
    #[inline(always)]
    pub(crate) fn check_irql(&self) -> Result<(), Refused> {
        let is_unchecked = !K::PLAIN && self.state.is_unchecked();
        if is_unchecked || K::IRQL.contains(self.state.begun.irql) {
            return Ok(());
        }
        Err(wrong_irql::<K>().into())
    }

    /// How the call began, once `check_irql` is passed. Where one level is legal it is that one, so that no register
    /// needs to hold it.
    #[inline(always)]
    pub(crate) fn begun(&self) -> Begun {
        let is_known = const { K::PLAIN && K::IRQL.min.as_raw() == K::IRQL.max.as_raw() };
        Begun { irql: if is_known { K::IRQL.min } else { self.state.begun.irql }, ..self.state.begun }
    }

    /// What must be right when the function has returned, before anything of its result is delivered.
    #[inline(always)]
    pub(crate) fn leave(&self) -> Result<(), Refused> {
        if self.checks_irql() {
            let entry = self.begun().irql;
            if Irql::current() != entry {
                return Err(irql_changed::<K>(entry).into());
            }
        }
        if K::PLAIN {
            return Ok(());
        }
        if let Some(retired) = self.state.retired.take() {
            self.state.forget(retired);
            // SAFETY: NDIS gave the context back with this call, and the function has returned.
            unsafe { Header::free(retired) };
        }
        Ok(())
    }

    /// Whether the IRQL is compared with the contract in this call.
    #[inline(always)]
    pub(crate) fn checks_irql(&self) -> bool {
        if K::PLAIN { self.state.begun.policy.checks_irql() } else { self.state.irql_checked() }
    }
}

// Breaches with something in them are made in functions of their own, so that the entries have no code for it. They are
// generic so that the compiler sees, where it compiles an entry, that they do not unwind.

#[cold]
#[inline(never)]
fn wrong_irql<K: Callback>() -> BreachKind {
    BreachKind::Irql { legal: K::IRQL, found: Irql::current() }
}

#[cold]
#[inline(never)]
#[allow(clippy::extra_unused_type_parameters)]
fn irql_changed<K: Callback>(entry: Irql) -> BreachKind {
    BreachKind::IrqlChanged { entry, exit: Irql::current() }
}

impl State {
    /// How many contexts a prototype can have.
    pub(crate) const LENT: usize = 2;

    /// The level NDIS called at.
    pub(crate) fn irql(&self) -> Irql {
        self.begun.irql
    }

    #[inline(always)]
    pub(crate) fn begun(&self) -> Begun {
        self.begun
    }

    /// Whether the IRQL is compared with the contract in this call.
    #[inline(always)]
    pub(crate) fn irql_checked(&self) -> bool {
        self.begun.policy.checks_irql() && !self.unchecked.get()
    }

    /// Switches every check of this call off, for a call during a bugcheck.
    pub(crate) fn uncheck(&self) {
        self.unchecked.set(true);
    }

    pub(crate) fn is_unchecked(&self) -> bool {
        self.unchecked.get()
    }

    /// Notes a context lent to the function.
    #[inline(always)]
    pub(crate) fn lend(&self, header: NonNull<Header>) {
        let [first, second] = &self.lent;
        if first.get().is_none() { first } else { second }.set(Some(header));
    }

    /// Notes that the function runs although an earlier panic had poisoned its context.
    pub(crate) fn run_poisoned(&self) {
        self.poisoned.set(true);
    }

    /// Whether the function runs with a context that an earlier panic had poisoned.
    pub(crate) fn runs_poisoned(&self) -> bool {
        self.poisoned.get()
    }

    /// Notes that the context ends with this call.
    pub(crate) fn retire(&self, header: NonNull<Header>) {
        self.retired.set(Some(header));
    }

    fn forget(&self, header: NonNull<Header>) {
        for lent in &self.lent {
            if lent.get() == Some(header) {
                lent.set(None);
            }
        }
    }

    /// The context the callback is for: the first one lent.
    pub(crate) fn context(&self) -> Option<&Header> {
        // SAFETY: a lent context is alive during the call: NDIS passed it, and the call has not retired it.
        self.lent[0].get().map(|header| unsafe { header.as_ref() })
    }

    /// NDIS's handle of the object the callback is for, if the context knows one.
    pub(crate) fn completion_handle(&self) -> Option<NonNull<core::ffi::c_void>> {
        NonNull::new(self.context()?.ndis_handle.load(Ordering::Acquire))
    }

    /// The contexts lent to the function.
    #[inline(always)]
    pub(crate) fn lent(&self) -> [Option<NonNull<Header>>; State::LENT] {
        [self.lent[0].get(), self.lent[1].get()]
    }

    /// Poisons every lent context; says whether one was poisoned before the function ran. (One that another processor
    /// poisoned meanwhile does not count: the function did not run in spite of it.)
    pub(crate) fn poison(&self) -> bool {
        for header in self.lent.iter().filter_map(Cell::get) {
            // SAFETY: as in `context`.
            unsafe { header.as_ref() }.poison();
        }
        self.poisoned.get()
    }
}

/// The state of a call that only some callbacks have.
pub trait Stage<R>: Default {
    /// `forced` may answer something.
    const FORCES: bool = true;

    /// What the entry must return whatever happened, once something irrevocable has.
    fn forced(&self) -> Option<R> {
        None
    }

    /// Delivers what the function staged for the handle it returned, and forgets it; says whether there was such.
    fn commit(&self, _handle: NDIS_HANDLE, _header: Option<&Header>) -> bool {
        true
    }

    /// Forgets what the function staged.
    #[inline(always)]
    fn forget(&self) {}
}

impl<R> Stage<R> for () {
    const FORCES: bool = false;
}
