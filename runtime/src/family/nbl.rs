//! Chains of net buffer lists that others gave to the driver, and that it must complete, pass on or give back.

use core::fmt;
use core::marker::PhantomData;
use core::ptr::{NonNull, null_mut};

use crate::boundary::argument::Argument;
use crate::boundary::call::{Call, Refusal, State};
use crate::boundary::callback::{Callback, Place};
use crate::boundary::object;
use crate::callback::{FILTER_RECEIVE_NET_BUFFER_LISTS, FILTER_SEND_NET_BUFFER_LISTS, MINIPORT_SEND_NET_BUFFER_LISTS};
use crate::contract::breach::BreachKind;
use crate::contract::irql::{Irql, IrqlRange};
use crate::contract::status::NdisStatus;
use crate::stop::report::report;
use crate::sys::nbl::*;
use crate::sys::{
    NDIS_HANDLE, NDIS_PORT_NUMBER, NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL, NDIS_RECEIVE_FLAGS_RESOURCES,
    NDIS_RETURN_FLAGS_DISPATCH_LEVEL, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL, NDIS_SEND_FLAGS_DISPATCH_LEVEL,
    NdisFIndicateReceiveNetBufferLists, NdisFSendNetBufferLists, ULONG,
};

/// The number of a port of an adapter, `NDIS_PORT_NUMBER`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PortNumber(pub u32);

impl PortNumber {
    /// The port every adapter has, `NDIS_DEFAULT_PORT_NUMBER`.
    pub const DEFAULT: PortNumber = PortNumber(0);
}

/// A callback that hands lists to the driver: `owes` in its entry says what gives them back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` hands lists to the driver, and its entry does not say what gives them back",
    label = "say `owes Function(handle, chain, flags)` in the entry"
)]
pub trait Lists: Callback {
    /// Gives lists back.
    ///
    /// # Safety
    ///
    /// NDIS gave the lists to the driver in a call of this callback for the object of this handle, and gets each back once.
    unsafe fn give_back(handle: NDIS_HANDLE, chain: PNET_BUFFER_LIST, flags: ULONG);
}

/// Whose lists a chain has, and where they go.
pub trait Direction: Lists {
    /// Each list carries a status when it is given back.
    #[doc(hidden)]
    const HAS_STATUS: bool;
    /// The flag of a call that is made at DISPATCH_LEVEL.
    #[doc(hidden)]
    const CALLED_AT_DISPATCH: ULONG;
    /// The flag of lists that are given back at DISPATCH_LEVEL.
    #[doc(hidden)]
    const GIVEN_BACK_AT_DISPATCH: ULONG;
}

/// Chains that end here, with a status for each list.
pub trait Complete: Direction {}

/// Chains that were received.
pub trait Receive: Direction {}

/// Chains that a filter passes on.
pub trait Forward: Direction {
    /// Passes them on.
    ///
    /// # Safety
    ///
    /// As for [`Lists::give_back`], and the driver keeps none of them.
    #[doc(hidden)]
    unsafe fn pass_on(handle: NDIS_HANDLE, first: PNET_BUFFER_LIST, count: u32, port: NDIS_PORT_NUMBER, flags: ULONG);
}

macro_rules! directions {
    ($(
        $(#[$doc:meta])* $name:ident = $callback:ident:
        status $has_status:literal, $called:ident => $given_back:ident, $($is:ident),+;
    )*) => {
        $(
            $(#[$doc])*
            pub type $name = $callback;

            impl Direction for $callback {
                const HAS_STATUS: bool = $has_status;
                const CALLED_AT_DISPATCH: ULONG = $called;
                const GIVEN_BACK_AT_DISPATCH: ULONG = $given_back;
            }

            $(impl $is for $callback {})+
        )*
    };
}

directions! {
    /// To send, at a miniport.
    MiniportSend = MINIPORT_SEND_NET_BUFFER_LISTS:
        status true, NDIS_SEND_FLAGS_DISPATCH_LEVEL => NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL, Complete;
    /// To send, at a filter.
    FilterSend = FILTER_SEND_NET_BUFFER_LISTS:
        status true, NDIS_SEND_FLAGS_DISPATCH_LEVEL => NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL, Complete;
    /// Received, at a filter.
    FilterReceive = FILTER_RECEIVE_NET_BUFFER_LISTS:
        status false, NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL => NDIS_RETURN_FLAGS_DISPATCH_LEVEL, Receive;
}

impl Forward for FILTER_SEND_NET_BUFFER_LISTS {
    unsafe fn pass_on(handle: NDIS_HANDLE, first: PNET_BUFFER_LIST, _count: u32, port: NDIS_PORT_NUMBER, flags: ULONG) {
        // SAFETY: guaranteed by the caller.
        unsafe { NdisFSendNetBufferLists(handle, first, port, flags) };
    }
}

impl Forward for FILTER_RECEIVE_NET_BUFFER_LISTS {
    unsafe fn pass_on(handle: NDIS_HANDLE, first: PNET_BUFFER_LIST, count: u32, port: NDIS_PORT_NUMBER, flags: ULONG) {
        // SAFETY: guaranteed by the caller.
        unsafe { NdisFIndicateReceiveNetBufferLists(handle, first, port, count, flags) };
    }
}

/// The C arguments of a chain.
pub trait ListArguments: Copy {
    /// The first list.
    fn first(self) -> PNET_BUFFER_LIST;
    /// The port.
    fn port(self) -> NDIS_PORT_NUMBER;
    /// The flags.
    fn flags(self) -> ULONG;
}

impl ListArguments for (PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG) {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn first(self) -> PNET_BUFFER_LIST {
        self.0
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn port(self) -> NDIS_PORT_NUMBER {
        self.1
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn flags(self) -> ULONG {
        self.2
    }
}

/// With the number of lists, which is counted anew where it is needed: the driver may have split the chain.
impl ListArguments for (PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG, ULONG) {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn first(self) -> PNET_BUFFER_LIST {
        self.0
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn port(self) -> NDIS_PORT_NUMBER {
        self.1
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn flags(self) -> ULONG {
        self.3
    }
}

/// Net buffer lists that NDIS gave the driver. The driver keeps them as long as it needs and then completes, passes on or gives
/// back all of them; dropped, sends are completed with `NDIS_STATUS_FAILURE`, and received lists given back. A chain may be
/// empty. Then every method does nothing. IRQL: up to DISPATCH_LEVEL.
#[must_use = "dropping it completes sends with NDIS_STATUS_FAILURE, and gives received lists back"]
pub struct Chain<D: Direction> {
    first: Option<NonNull<NET_BUFFER_LIST>>,
    owner: NDIS_HANDLE,
    port: NDIS_PORT_NUMBER,
    flags: ULONG,
    direction: PhantomData<D>,
}

// SAFETY: the lists are this value's until they are given back, from whatever thread.
unsafe impl<D: Direction> Send for Chain<D> {}
// SAFETY: a shared chain only reads what nobody changes while it is shared.
unsafe impl<D: Direction> Sync for Chain<D> {}

impl<D: Direction> Chain<D> {
    /// Whether it has no list.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// How many lists it has. It walks them.
    pub fn count(&self) -> usize {
        let (mut count, mut next) = (0, self.first);
        while let Some(list) = next {
            count += 1;
            // SAFETY: the chain is this value's, each list a live one until it is given back.
            next = NonNull::new(unsafe { (&raw const (*list.as_ptr()).Next).read() });
        }
        count
    }

    /// The port all its lists are for.
    pub fn port(&self) -> PortNumber {
        PortNumber(self.port)
    }

    /// The flags it came with: `NDIS_SEND_FLAGS_*` or `NDIS_RECEIVE_FLAGS_*`.
    pub fn flags(&self) -> u32 {
        self.flags
    }

    /// Takes off the first list, as a chain of one.
    pub fn pop_first(&mut self) -> Option<Chain<D>> {
        let first = self.first?;
        // SAFETY: as in `count`; the two chains share no list once the link is cut.
        self.first = NonNull::new(unsafe { (&raw mut (*first.as_ptr()).Next).replace(null_mut()) });
        let Chain { owner, port, flags, direction, .. } = *self;
        Some(Chain { first: Some(first), owner, port, flags, direction })
    }

    /// Gives the lists back; those to send with this status each.
    #[inline]
    fn give_back_with(&mut self, status: NdisStatus) {
        let Some(first) = self.first.take() else { return };
        if D::HAS_STATUS {
            let mut next = first.as_ptr();
            while !next.is_null() {
                // SAFETY: as in `count`; the status field is the sender's answer, the driver's to write.
                unsafe {
                    (&raw mut (*next).Status).write(status.as_raw());
                    next = (&raw const (*next).Next).read();
                }
            }
        }
        let at_dispatch = Irql::current() == Irql::DISPATCH;
        let flags = if at_dispatch { D::GIVEN_BACK_AT_DISPATCH } else { 0 };
        // SAFETY: NDIS gave the lists with this object's callback and gets each back once.
        unsafe { D::give_back(self.owner, first.as_ptr(), flags) };
    }
}

impl<D: Complete> Chain<D> {
    /// Completes all lists with this status each, in one call to NDIS.
    pub fn complete(mut self, status: NdisStatus) {
        self.give_back_with(status);
    }
}

impl<D: Receive> Chain<D> {
    /// Gives the lists back, in one call to NDIS; what drop does.
    pub fn give_back(self) {
        drop(self);
    }
}

impl<D: Forward> Chain<D> {
    /// Passes the lists on in their direction, with their port and flags.
    pub fn forward(mut self) {
        let count = self.count();
        let Some(first) = self.first.take() else { return };
        // The flag says at which level NDIS is called now; the level is read only where the flag was given.
        let is_kept = self.flags & D::CALLED_AT_DISPATCH != 0 && Irql::current() == Irql::DISPATCH;
        let flags = if is_kept { self.flags } else { self.flags & !D::CALLED_AT_DISPATCH };
        // SAFETY: NDIS gave the lists with this object's callback; this chain gives each away once.
        unsafe { D::pass_on(self.owner, first.as_ptr(), count as u32, self.port, flags) };
    }
}

impl<D: Direction> Drop for Chain<D> {
    #[inline]
    fn drop(&mut self) {
        self.give_back_with(NdisStatus::FAILURE);
    }
}

impl<D: Direction> fmt::Debug for Chain<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("of", &D::NAME).field("count", &self.count()).finish()
    }
}

/// What a receive callback gets: lists to keep, or lists lent for the call, since the driver below runs short of them
/// (`NDIS_RECEIVE_FLAGS_RESOURCES`).
#[derive(Debug)]
#[must_use = "dropping it gives the lists back"]
pub enum Received<'call, D: Receive> {
    /// The driver's until it gives them back.
    Owned(Chain<D>),
    /// The driver below has them back when the function returns.
    Lent(LentChain<'call, D>),
}

/// Received lists that the driver below keeps owning. They cannot outlive the call.
pub struct LentChain<'call, D: Receive> {
    first: NonNull<NET_BUFFER_LIST>,
    call: PhantomData<(&'call (), D)>,
}

impl<D: Receive> LentChain<'_, D> {
    /// How many lists it has. It walks them.
    pub fn count(&self) -> usize {
        let (mut count, mut next) = (0, Some(self.first));
        while let Some(list) = next {
            count += 1;
            // SAFETY: NDIS lends the lists for this call and does not change them meanwhile.
            next = NonNull::new(unsafe { (&raw const (*list.as_ptr()).Next).read() });
        }
        count
    }
}

impl<D: Receive> fmt::Debug for LentChain<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LentChain").field("of", &D::NAME).field("count", &self.count()).finish()
    }
}

/// Checks that a call was made at `level`, as one of its arguments says.
#[inline(always)]
pub(super) fn narrow(state: &State, level: Irql) -> Result<(), Refusal> {
    let found = state.irql();
    if state.checks_irql() && found != level {
        return Err(BreachKind::Irql { legal: IrqlRange { min: level, max: level }, found }.into());
    }
    Ok(())
}

/// The first list of a call, and NDIS's handle of its object.
#[cfg_attr(not(debug_assertions), inline(always))]
fn checked<D: Direction>(
    c: impl ListArguments,
    state: &State,
) -> Result<(NonNull<NET_BUFFER_LIST>, NDIS_HANDLE), Refusal> {
    let first = object::pointer(c.first())?;
    let owner = state.completion_handle().ok_or(BreachKind::NoNdisHandle)?;
    if c.flags() & D::CALLED_AT_DISPATCH != 0 {
        narrow(state, Irql::DISPATCH)?;
    }
    Ok((first, owner.as_ptr()))
}

#[diagnostic::do_not_recommend]
// SAFETY: the lists are the driver's from the call on.
unsafe impl<'c, K, const I: usize> Argument<'c, K, I, Chain<K>> for Chain<K>
where
    K: Direction + Place<'c, I>,
    K::C: ListArguments,
{
    type Context = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<K>) -> Result<Self, Refusal> {
        let c = K::argument(call.raw);
        let (first, owner) = checked::<K>(c, &call.state)?;
        call.state.taken.set(true);
        Ok(Chain { first: Some(first), owner, port: c.port(), flags: c.flags(), direction: PhantomData })
    }
}

#[diagnostic::do_not_recommend]
// SAFETY: the lists are the driver's from the call on, or for the call.
unsafe impl<'c, K, const I: usize> Argument<'c, K, I, Received<'c, K>> for Received<'c, K>
where
    K: Receive + Place<'c, I>,
    K::C: ListArguments,
{
    type Context = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receive(call: &'c Call<K>) -> Result<Self, Refusal> {
        let c = K::argument(call.raw);
        let (first, owner) = checked::<K>(c, &call.state)?;
        if c.flags() & NDIS_RECEIVE_FLAGS_RESOURCES != 0 {
            return Ok(Received::Lent(LentChain { first, call: PhantomData }));
        }
        call.state.taken.set(true);
        let (port, flags) = (c.port(), c.flags());
        Ok(Received::Owned(Chain { first: Some(first), owner, port, flags, direction: PhantomData }))
    }
}

/// Gives back lists that the function did not get.
///
/// # Safety
///
/// NDIS passed `raw`, and `state` says whether the function got the lists.
pub(crate) unsafe fn settle_owned<'c, K, const I: usize>(raw: K::Raw, state: &State)
where
    K: Direction + Place<'c, I>,
    K::C: ListArguments,
{
    let c = K::argument(raw);
    let Ok(first) = object::pointer(c.first()) else { return };
    if state.taken.get() {
        return;
    }
    if Irql::current() > Irql::DISPATCH {
        report(K::NAME, BreachKind::NotGivenBack);
        return;
    }
    let Some(owner) = state.completion_handle() else {
        report(K::NAME, BreachKind::NoNdisHandle);
        return;
    };
    let (owner, port, flags) = (owner.as_ptr(), c.port(), c.flags());
    drop(Chain::<K> { first: Some(first), owner, port, flags, direction: PhantomData });
}

/// The same, unless they are lent for the call.
///
/// # Safety
///
/// As for [`settle_owned`].
pub(crate) unsafe fn settle_received<'c, K, const I: usize>(raw: K::Raw, state: &State)
where
    K: Receive + Place<'c, I>,
    K::C: ListArguments,
{
    if K::argument(raw).flags() & NDIS_RECEIVE_FLAGS_RESOURCES == 0 {
        // SAFETY: guaranteed by the caller.
        unsafe { settle_owned::<K, I>(raw, state) };
    }
}
