//! Contexts that end with success: an address family's, once closing it is done and the function has returned, and a
//! virtual connection's.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ndis::callback::PROTOCOL_CM_CLOSE_AF;
use ndis::irql::set_simulated;
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, Irql};

use super::common::ndis_functions::{Called, calls};
use super::common::{bugcheck_line, child_task, expected_panic, ndis_handle, stopped};
use super::{IRQL_CHANGED, OBJECT, call, known};

/// How often a value was dropped, from whatever thread.
#[derive(Clone, Default)]
struct Drops(Arc<AtomicUsize>);

impl Drops {
    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// A context, or a virtual connection, whose drops are counted.
struct Object(Drops);

impl Drop for Object {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::Relaxed);
        if DROP_PANICS.get() {
            expected_panic();
        }
    }
}

type OnClose = fn(&Object, CmCloseAf<'_>) -> Answered;

thread_local! {
    static CLOSE: Cell<Option<OnClose>> = const { Cell::new(None) };
    static KEPT: RefCell<Vec<Pending<PROTOCOL_CM_CLOSE_AF>>> = const { RefCell::new(Vec::new()) };
    static SMUGGLED: Cell<Option<Answered>> = const { Cell::new(None) };
    static DROP_PANICS: Cell<bool> = const { Cell::new(false) };
    static CREATED: RefCell<Drops> = RefCell::default();
    static CREATE: Cell<fn()> = const { Cell::new(|| {}) };
    static DELETE: Cell<fn() -> Result<(), NdisStatus>> = const { Cell::new(|| Ok(())) };
}

#[ndis_callback(PROTOCOL_CM_CLOSE_AF)]
fn close(family: &Object, close: CmCloseAf<'_>) -> Answered {
    let answered = CLOSE.get().unwrap()(family, close);
    assert_eq!(family.0.count(), 0, "dropped before the function has returned");
    answered
}

#[ndis_callback(PROTOCOL_CO_CREATE_VC)]
fn create(_family: &Object, vc: VcHandle<'_>) -> Result<Handle<Object>, AllocError> {
    assert_eq!(vc.as_raw(), ndis_handle(0x5C));
    CREATE.get()();
    Ok(Handle::new(Object(CREATED.with_borrow(Drops::clone)))?)
}

#[ndis_callback(PROTOCOL_CO_DELETE_VC)]
fn delete(vc: &Object) -> Result<(), NdisStatus> {
    let result = DELETE.get()();
    assert_eq!(vc.0.count(), 0, "dropped before the function has returned");
    result
}

/// Closes an address family.
fn close_family(on_close: OnClose) -> (NdisStatus, Vec<BreachKind>, Drops) {
    let drops = Drops::default();
    let family = known(Object(drops.clone())).into_raw();
    let (status, breaches) = close_raw(family, on_close);
    (status, breaches, drops)
}

fn close_raw(family: NDIS_HANDLE, on_close: OnClose) -> (NdisStatus, Vec<BreachKind>) {
    CLOSE.set(Some(on_close));
    // SAFETY: the context is one of the function's type, and ends with this.
    call(|| unsafe { close::entry(family) })
}

fn completed() -> Vec<Called> {
    vec![Called::CloseFamilyComplete { family: ndis_handle(OBJECT), status: NDIS_STATUS_SUCCESS }]
}

fn keep(close: CmCloseAf<'_>) -> Answered {
    let (token, answered) = close.pend();
    KEPT.with_borrow_mut(|kept| kept.push(token));
    answered
}

fn kept() -> Pending<PROTOCOL_CM_CLOSE_AF> {
    KEPT.take().pop().unwrap()
}

#[test]
fn a_family_that_is_closed_ends_after_the_function() {
    let (status, breaches, drops) = close_family(|_, close| close.done());
    assert_eq!((status, breaches, drops.count()), (NdisStatus::SUCCESS, vec![], 1));
    assert_eq!(calls(), []);
}

/// The driver's destructor runs after the function has panicked, and panics as well.
#[test]
fn a_drop_that_panics_after_a_panic_stops() {
    if child_task().is_some() {
        DROP_PANICS.set(true);
        close_family(|_, close| {
            close.pend().0.complete();
            expected_panic()
        });
        return;
    }
    let text = stopped("endings::a_drop_that_panics_after_a_panic_stops", "close");
    let line = bugcheck_line("PROTOCOL_CM_CLOSE_AF", BreachKind::PanickedTwice);
    assert!(text.is_none_or(|text| text.contains(&line)));
}

/// What was dropped is done; another call's `Answered` is then as good as its own.
#[test]
fn a_dropped_close_is_done() {
    let smuggle: OnClose = |_, close| {
        SMUGGLED.set(Some(close.pend().1));
        expected_panic()
    };
    close_family(smuggle);
    assert_eq!(calls(), completed());
    let dropped: OnClose = |_, close| {
        drop(close);
        SMUGGLED.take().unwrap()
    };
    let (status, breaches, drops) = close_family(dropped);
    assert_eq!((status, breaches, drops.count()), (NdisStatus::SUCCESS, vec![], 1));
    assert_eq!(calls(), []);
}

#[test]
fn a_pending_close_ends_the_family_when_it_is_done() {
    for end in [Pending::complete as fn(Pending<_>), drop] {
        let (status, breaches, drops) = close_family(|_, close| keep(close));
        assert_eq!((status, breaches, drops.count()), (NdisStatus::PENDING, vec![], 0));
        assert_eq!(calls(), []);
        end(kept());
        assert_eq!((calls(), drops.count()), (completed(), 1));
    }
    // On another thread, which has no calls of this one.
    let (_, _, drops) = close_family(|_, close| keep(close));
    let token = kept();
    let completions = std::thread::spawn(move || {
        token.complete();
        calls().len()
    });
    assert_eq!((completions.join().unwrap(), drops.count()), (1, 1));
}

/// The function may use the family until it returns, whenever the close is completed.
#[test]
fn a_close_that_is_done_before_the_function_has_returned_waits_for_it() {
    let here: OnClose = |_, close| {
        let (token, answered) = close.pend();
        token.complete();
        answered
    };
    let on_another_thread: OnClose = |_, close| {
        let (token, answered) = close.pend();
        std::thread::spawn(|| token.complete()).join().unwrap();
        answered
    };
    for (on_close, calls_here) in [(here, completed()), (on_another_thread, vec![])] {
        // That the family lives until it has returned, the function itself asserts.
        let (status, breaches, drops) = close_family(on_close);
        assert_eq!((status, breaches, drops.count()), (NdisStatus::PENDING, vec![], 1));
        assert_eq!(calls(), calls_here);
    }
}

/// Whichever is the second ends the family, once.
#[test]
fn a_close_may_be_done_while_the_function_returns() {
    thread_local!(static OTHER: Cell<Option<std::thread::JoinHandle<()>>> = const { Cell::new(None) });
    for _ in 0..if cfg!(miri) { 20 } else { 500 } {
        let (status, breaches, drops) = close_family(|_, close| {
            let (token, answered) = close.pend();
            OTHER.set(Some(std::thread::spawn(|| token.complete())));
            answered
        });
        assert_eq!((status, breaches), (NdisStatus::PENDING, vec![]));
        OTHER.take().unwrap().join().unwrap();
        assert_eq!(drops.count(), 1);
    }
}

/// After `pend` NDIS gets that it is pending, so the family ends with the completion whatever the function does.
#[test]
fn a_close_that_pended_and_went_wrong_ends_the_family_all_the_same() {
    let at_another_level: OnClose = |_, close| {
        set_simulated(Irql::APC);
        keep(close)
    };
    let panics: OnClose = |_, close| {
        let _answered = keep(close);
        expected_panic()
    };
    for (on_close, breach) in [(at_another_level, IRQL_CHANGED), (panics, BreachKind::Panicked)] {
        let (status, breaches, drops) = close_family(on_close);
        assert_eq!((status, breaches, drops.count()), (NdisStatus::PENDING, vec![breach], 0));
        kept().complete();
        assert_eq!((calls(), drops.count()), (completed(), 1));
    }
    let done_and_panics: OnClose = |family, close| {
        close.pend().0.complete();
        assert_eq!(family.0.count(), 0);
        expected_panic()
    };
    let (status, breaches, drops) = close_family(done_and_panics);
    assert_eq!((status, breaches, drops.count()), (NdisStatus::PENDING, vec![BreachKind::Panicked], 1));
    assert_eq!(calls(), completed());
}

/// It cannot fail, so the function runs also with a family that a panic left in an unknown state.
#[test]
fn a_poisoned_family_is_closed() {
    let drops = Drops::default();
    let family = known(Object(drops.clone()));
    CREATE.set(|| expected_panic());
    let mut vc = ndis_handle(1);
    // SAFETY: a context, a handle and an out parameter as NDIS passes them.
    let created = call(|| unsafe { create::entry(family.as_raw(), ndis_handle(0x5C), &raw mut vc) });
    assert_eq!(created, (NdisStatus::RESOURCES, vec![BreachKind::Panicked]));
    assert!(vc.is_null() && family.is_poisoned());
    let on_close: OnClose = |_, close| close.done();
    assert_eq!(close_raw(family.into_raw(), on_close), (NdisStatus::SUCCESS, vec![]));
    assert_eq!(drops.count(), 1);
}

/// A virtual connection as it was created.
fn created() -> (NDIS_HANDLE, Drops) {
    let (family, mut vc) = (known(Object(Drops::default())), ndis_handle(1));
    CREATE.set(|| {});
    CREATED.take();
    // SAFETY: a context, a handle and an out parameter as NDIS passes them.
    let created = call(|| unsafe { create::entry(family.as_raw(), ndis_handle(0x5C), &raw mut vc) });
    assert_eq!(created, (NdisStatus::SUCCESS, vec![]));
    (vc, CREATED.with_borrow(Drops::clone))
}

fn delete_vc(vc: NDIS_HANDLE, on_delete: fn() -> Result<(), NdisStatus>) -> (NdisStatus, Vec<BreachKind>) {
    DELETE.set(on_delete);
    // SAFETY: the connection came from `create`, and is not used any more when it was deleted.
    call(|| unsafe { delete::entry(vc) })
}

#[test]
fn a_connection_ends_when_it_is_deleted() {
    let (vc, drops) = created();
    assert_eq!(delete_vc(vc, || Ok(())), (NdisStatus::SUCCESS, vec![]));
    assert_eq!(drops.count(), 1);
}

/// NDIS keeps it then, and may ask again.
#[test]
fn a_connection_that_is_not_deleted_is_kept() {
    let (vc, drops) = created();
    let refused = || Err(NdisStatus::NOT_ACCEPTED);
    assert_eq!(delete_vc(vc, refused), (NdisStatus::NOT_ACCEPTED, vec![]));
    let at_another_level = || {
        set_simulated(Irql::APC);
        Ok(())
    };
    assert_eq!(delete_vc(vc, at_another_level), (NdisStatus::NOT_ACCEPTED, vec![IRQL_CHANGED]));
    let no_error = || Err(NdisStatus::SUCCESS);
    let illegal = BreachKind::IllegalStatus(NdisStatus::SUCCESS);
    assert_eq!(delete_vc(vc, no_error), (NdisStatus::NOT_ACCEPTED, vec![illegal]));
    assert_eq!(drops.count(), 0);
    assert_eq!(delete_vc(vc, || Ok(())), (NdisStatus::SUCCESS, vec![]));
    assert_eq!(drops.count(), 1);
}

/// The connection is gone, so NDIS must not ask again.
#[test]
fn a_connection_whose_drop_panics_is_deleted() {
    let (vc, drops) = created();
    DROP_PANICS.set(true);
    let deleted = delete_vc(vc, || Ok(()));
    DROP_PANICS.set(false);
    assert_eq!((deleted, drops.count()), ((NdisStatus::SUCCESS, vec![BreachKind::Panicked]), 1));
}

#[test]
fn a_connection_whose_deletion_panics_is_kept() {
    let (vc, drops) = created();
    assert_eq!(delete_vc(vc, || expected_panic()), (NdisStatus::NOT_ACCEPTED, vec![BreachKind::Panicked]));
    assert_eq!(delete_vc(vc, || Ok(())), (NdisStatus::NOT_ACCEPTED, vec![BreachKind::Poisoned]));
    assert_eq!(drops.count(), 0);
    // SAFETY: `create` made the handle, and nobody has dropped it.
    drop(unsafe { Handle::<Object>::from_raw(vc) });
    assert_eq!(drops.count(), 1);
}
