//! One call of a callback: what its entry knows and what must be settled when the function has returned.

use core::cell::Cell;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use crate::boundary::callback::Callback;
use crate::boundary::policy::Policy;
use crate::contract::breach::BreachKind;
use crate::contract::irql::{Irql, IrqlRange};
use crate::sys::NDIS_HANDLE;
use crate::value::block::Header;

/// Why the function did not run, or why its result could not be delivered.
#[derive(Debug)]
#[repr(align(16))]
pub struct Refusal(Cell<BreachKind>);

impl Refusal {
    #[inline(always)]
    pub(crate) fn kind(self) -> BreachKind {
        self.0.into_inner()
    }
}

impl From<BreachKind> for Refusal {
    #[inline(always)]
    fn from(kind: BreachKind) -> Refusal {
        Refusal(Cell::new(kind))
    }
}

/// What NDIS called an entry point of `K` with, and the options of that entry.
#[derive(Debug)]
pub struct RawCall<K: Callback> {
    pub(crate) raw: K::Raw,
    pub(crate) policy: Policy,
}

impl<K: Callback> RawCall<K> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn new(raw: K::Raw) -> RawCall<K> {
        RawCall { raw, policy: Policy::CATALOGUE }
    }

    /// With other options than the catalogue's.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn with(self, policy: Policy) -> RawCall<K> {
        RawCall { policy, ..self }
    }
}

/// One call of the callback `K`. Borrowed arguments live no longer than this.
#[derive(Debug)]
pub struct Call<K: Callback> {
    pub(crate) raw: K::Raw,
    pub(crate) state: State,
    scratch: NonNull<K::Scratch>,
}

/// How a call began: the options of the entry, and the IRQL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryState {
    pub(crate) irql: Irql,
    pub(crate) policy: Policy,
}

impl EntryState {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn now(legal: IrqlRange, policy: Policy) -> EntryState {
        EntryState { policy, irql: if policy.checks_irql() { Irql::current() } else { legal.min } }
    }
}

/// What every call has.
#[derive(Debug)]
pub struct State {
    entry: EntryState,
    /// The checks were switched off by an argument: the machine is stopping.
    unchecked: Cell<bool>,
    /// The function runs with a context that an earlier panic had poisoned.
    poisoned: Cell<bool>,
    /// The contexts lent to the function.
    lent: [Cell<Option<NonNull<Header>>>; State::LENT],
    /// The context that ends when the function has returned.
    retired: Cell<Option<NonNull<Header>>>,
    /// The context that ends if NDIS gets success.
    ended: Cell<Option<NonNull<Header>>>,
    /// The function got what the driver owns from this call on.
    pub(crate) taken: Cell<bool>,
}

impl<K: Callback> Call<K> {
    /// A call that begins now.
    ///
    /// # Safety
    ///
    /// `scratch` outlives the call and is reached through it only.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn new(entered: &RawCall<K>, state: State, scratch: &K::Scratch) -> Call<K> {
        Call { raw: entered.raw, state, scratch: NonNull::from(scratch) }
    }

    /// What only calls of `K` have, for as long as the call lasts.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn scratch(&self) -> &K::Scratch {
        // SAFETY: guaranteed by the caller of `new`, it outlives the call.
        unsafe { self.scratch.as_ref() }
    }

    /// Checks that NDIS may call `K` at this IRQL.
    #[cfg(not(debug_assertions))]
    #[inline(always)]
    pub(crate) fn check_irql(&self) -> Result<(), Refusal> {
        let is_unchecked = !K::PLAIN && self.state.is_unchecked();
        if is_unchecked || K::IRQL.contains(self.state.entry.irql) {
            return Ok(());
        }
        Err(wrong_irql::<K>().into())
    }

    /// How the call began, once `check_irql` is passed. Where one level is legal it is that one, so that no register
    /// needs to hold it.
    #[cfg(not(debug_assertions))]
    #[inline(always)]
    pub(crate) fn entry(&self) -> EntryState {
        let is_known = const { K::PLAIN && K::IRQL.min.as_raw() == K::IRQL.max.as_raw() };
        EntryState { irql: if is_known { K::IRQL.min } else { self.state.entry.irql }, ..self.state.entry }
    }

    /// What must be right when the function has returned, before anything of its result is delivered.
    #[cfg(not(debug_assertions))]
    #[inline(always)]
    pub(crate) fn leave(&self) -> Result<(), Refusal> {
        if self.checks_irql() {
            let entry = self.entry().irql;
            if Irql::current() != entry {
                return Err(irql_changed::<K>(entry).into());
            }
        }
        if !K::PLAIN {
            self.state.retire();
        }
        Ok(())
    }

    /// What must be right when the function has returned: nothing of it is compiled per callback.
    #[cfg(debug_assertions)]
    pub(crate) fn leave(&self) -> Result<(), Refusal> {
        self.state.leave()
    }

    /// Whether the IRQL is compared with the contract in this call.
    #[cfg(not(debug_assertions))]
    #[inline(always)]
    pub(crate) fn checks_irql(&self) -> bool {
        if K::PLAIN { self.state.entry.policy.checks_irql() } else { self.state.checks_irql() }
    }
}

#[cfg(not(debug_assertions))]
#[cold]
#[inline(never)]
fn wrong_irql<K: Callback>() -> BreachKind {
    BreachKind::Irql { legal: K::IRQL, found: Irql::current() }
}

#[cfg(not(debug_assertions))]
#[cold]
#[inline(never)]
#[allow(clippy::extra_unused_type_parameters)]
fn irql_changed<K: Callback>(entry: Irql) -> BreachKind {
    BreachKind::IrqlChanged { entry, exit: Irql::current() }
}

impl State {
    /// How many contexts a prototype can have: two CoNDIS callbacks have three.
    pub(crate) const LENT: usize = 3;

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn new(entry: EntryState) -> State {
        State {
            entry,
            unchecked: Cell::new(false),
            poisoned: Cell::new(false),
            lent: [const { Cell::new(None) }; State::LENT],
            retired: Cell::new(None),
            ended: Cell::new(None),
            taken: Cell::new(false),
        }
    }

    /// The state of a call that begins now.
    #[cfg(debug_assertions)]
    pub(crate) fn now(legal: IrqlRange, policy: Policy) -> State {
        State::new(EntryState::now(legal, policy))
    }

    /// What must be right when the function has returned, before anything of its result is delivered.
    #[cfg(debug_assertions)]
    pub(crate) fn leave(&self) -> Result<(), Refusal> {
        let (entry, exit) = (self.entry.irql, Irql::current());
        if self.checks_irql() && exit != entry {
            return Err(BreachKind::IrqlChanged { entry, exit }.into());
        }
        self.retire();
        Ok(())
    }

    /// The level NDIS called at.
    pub(crate) fn irql(&self) -> Irql {
        self.entry.irql
    }

    #[inline(always)]
    pub(crate) fn entry(&self) -> EntryState {
        self.entry
    }

    /// Whether the IRQL is compared with the contract in this call.
    #[inline(always)]
    pub(crate) fn checks_irql(&self) -> bool {
        self.entry.policy.checks_irql() && !self.unchecked.get()
    }

    /// Switches every check of this call off, for a call during a bugcheck.
    pub(crate) fn suspend_checks(&self) {
        self.unchecked.set(true);
    }

    pub(crate) fn is_unchecked(&self) -> bool {
        self.unchecked.get()
    }

    /// Notes a context lent to the function.
    #[inline(always)]
    pub(crate) fn lend(&self, header: NonNull<Header>) {
        let [first, second, third] = &self.lent;
        let free = if first.get().is_none() {
            first
        } else if second.get().is_none() {
            second
        } else {
            third
        };
        free.set(Some(header));
    }

    /// Notes that the function runs although an earlier panic had poisoned its context.
    pub(crate) fn run_poisoned(&self) {
        self.poisoned.set(true);
    }

    /// Whether the function runs with a context that an earlier panic had poisoned.
    pub(crate) fn runs_poisoned(&self) -> bool {
        self.poisoned.get()
    }

    /// Notes that the context ends when the function has returned.
    #[inline(always)]
    pub(crate) fn ends(&self, header: NonNull<Header>) {
        self.retired.set(Some(header));
    }

    /// Notes that the context ends if NDIS gets success.
    #[inline(always)]
    pub(crate) fn ends_on_success(&self, header: NonNull<Header>) {
        self.ended.set(Some(header));
    }

    /// Frees the context that ends when the function has returned.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn retire(&self) {
        if let Some(retired) = self.retired.take() {
            self.forget(retired);
            // SAFETY: NDIS gave the context back with this call, and the function has returned.
            unsafe { Header::free(retired) };
        }
    }

    /// The context that ends with success, which is lent no more.
    pub(crate) fn end(&self) -> Option<NonNull<Header>> {
        let ended = self.ended.take()?;
        self.forget(ended);
        Some(ended)
    }

    /// The function has returned. The context is freed when the pending operation has also succeeded.
    pub(crate) fn succeed_later(&self) {
        if let Some(ended) = self.ended.take() {
            self.forget(ended);
            // SAFETY: the context is alive until both have happened; the function has ended.
            unsafe { Header::end_half(ended) };
        }
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
        self.first_lent().map(|header| unsafe { header.as_ref() })
    }

    /// NDIS's handle of the object the callback is for, if the context knows one.
    pub(crate) fn completion_handle(&self) -> Option<NonNull<core::ffi::c_void>> {
        NonNull::new(self.context()?.ndis_handle.load(Ordering::Acquire))
    }

    /// The first context lent to the function.
    #[inline(always)]
    pub(crate) fn first_lent(&self) -> Option<NonNull<Header>> {
        self.lent[0].get()
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

/// What a call has that only some callbacks need.
pub trait Scratch<R>: Default {
    /// `committed_answer` may answer something.
    const COMMITS: bool = true;

    /// What the entry must return whatever happened, once something irrevocable has.
    fn committed_answer(&self) -> Option<R> {
        None
    }

    /// What the entry returns in place of what the function did, which took what decides that.
    ///
    /// # Errors
    ///
    /// When it took that and decided nothing.
    fn decided(&self) -> Result<Option<R>, BreachKind> {
        Ok(self.committed_answer())
    }

    /// Delivers what the function staged for the handle it returned, and forgets it; says whether there was such.
    fn commit(&self, _handle: NDIS_HANDLE, _header: Option<&Header>) -> bool {
        true
    }

    /// Forgets what the function staged.
    #[inline(always)]
    fn forget(&self) {}

    /// Forgets what the function staged; says whether there was such.
    #[inline(always)]
    fn is_unfinished(&self) -> bool {
        false
    }
}

impl<R> Scratch<R> for () {
    const COMMITS: bool = false;
}
