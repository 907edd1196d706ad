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
#[derive(Debug)]
pub struct Refused(pub(crate) BreachKind);

impl From<BreachKind> for Refused {
    fn from(kind: BreachKind) -> Refused {
        Refused(kind)
    }
}

/// One call of the callback `K`. Borrowed arguments live no longer than this.
#[derive(Debug)]
pub struct Call<K: Callback> {
    pub(crate) raw: K::Raw,
    pub(crate) state: State,
    pub(crate) stage: K::Stage,
}

/// What every call has.
#[derive(Debug)]
pub struct State {
    policy: Policy,
    irql: Irql,
    /// The checks were switched off by an argument: the machine is stopping.
    unchecked: Cell<bool>,
    /// The function runs with a context that an earlier panic had poisoned.
    poisoned: Cell<bool>,
    /// The contexts lent to the function: at most two in any prototype.
    lent: [Cell<Option<NonNull<Header>>>; 2],
    /// The context that ends with this call.
    retired: Cell<Option<NonNull<Header>>>,
    /// The handle of its own that NDIS passed.
    pub(crate) ndis_handle: Cell<NDIS_HANDLE>,
    /// The function got what the driver owns from this call on.
    pub(crate) taken: Cell<bool>,
}

impl<K: Callback> Call<K> {
    /// A call with the arguments NDIS passed.
    #[inline(always)]
    pub(crate) fn new(raw: K::Raw) -> Call<K> {
        let state = State {
            policy: Policy::CATALOGUE,
            irql: K::IRQL.min,
            unchecked: Cell::new(false),
            poisoned: Cell::new(false),
            lent: [const { Cell::new(None) }; 2],
            retired: Cell::new(None),
            ndis_handle: Cell::new(core::ptr::null_mut()),
            taken: Cell::new(false),
        };
        Call { raw, state, stage: K::Stage::default() }
    }

    /// With other options than the catalogue's.
    #[inline(always)]
    pub fn with(mut self, policy: Policy) -> Call<K> {
        self.state.policy = policy;
        self
    }

    /// Notes at which IRQL NDIS calls.
    #[inline(always)]
    pub(crate) fn note_irql(&mut self) {
        if self.state.policy.checks_irql() {
            self.state.irql = Irql::current();
        }
    }

    /// Checks that NDIS may call `K` at this IRQL.
    #[inline(always)]
    pub(crate) fn check_irql(&self) -> Result<(), Refused> {
        if self.state.is_unchecked() || K::IRQL.contains(self.state.irql) {
            return Ok(());
        }
        Err(Refused(BreachKind::Irql { legal: K::IRQL, found: self.state.irql }))
    }

    /// What must be right when the function has returned, before anything of its result is delivered.
    #[inline(always)]
    pub(crate) fn leave(&self) -> Result<(), Refused> {
        if self.state.irql_checked() {
            let exit = Irql::current();
            if exit != self.state.irql {
                return Err(Refused(BreachKind::IrqlChanged { entry: self.state.irql, exit }));
            }
        }
        if let Some(retired) = self.state.retired.take() {
            self.state.forget(retired);
            // SAFETY: NDIS gave the context back with this call, and the function has returned.
            unsafe { Header::free(retired) };
        }
        Ok(())
    }
}

impl State {
    /// The level NDIS called at.
    pub(crate) fn irql(&self) -> Irql {
        self.irql
    }

    pub(crate) fn policy(&self) -> Policy {
        self.policy
    }

    /// Whether the IRQL is compared with the contract in this call.
    #[inline(always)]
    pub(crate) fn irql_checked(&self) -> bool {
        self.policy.checks_irql() && !self.unchecked.get()
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

    /// Poisons every lent context; says whether one was poisoned before the function ran. (One that another processor
    /// poisoned meanwhile does not count: the function did not run in spite of it.)
    pub(crate) fn poison(&self) -> bool {
        for header in self.lent.iter().filter_map(Cell::get) {
            // SAFETY: as in `context`.
            unsafe { header.as_ref() }.poisoned.store(true, Ordering::Release);
        }
        self.poisoned.get()
    }
}

/// The state of a call that only some callbacks have.
pub trait Stage<R>: Default {
    /// What the entry must return whatever happened, once something irrevocable has.
    fn forced(&self) -> Option<R> {
        None
    }

    /// Delivers what the function staged, for the handle it returned.
    fn commit(&self, _handle: NDIS_HANDLE, _header: Option<&Header>) -> Result<(), BreachKind> {
        Ok(())
    }
}

impl<R> Stage<R> for () {}
