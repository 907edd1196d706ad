//! An operation's answers: one that failed, one that is no `Result`, and what only a reset answers.

use std::cell::{Cell, RefCell};
use std::ptr::null_mut;

use ndis::callback::MINIPORT_RESET;
use ndis::irql::set_simulated;
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, Irql};

use super::common::ndis_functions::{Called, calls};
use super::common::{expected_panic, ndis_handle};
use super::{IRQL_CHANGED, OBJECT, call, known};

struct Adapter;

type OnOid = fn(MiniportOidRequest<'_>) -> Answered;
type OnReset = fn(MiniportReset<'_>) -> Result<Answered, NdisStatus>;

thread_local! {
    static OID: Cell<Option<OnOid>> = const { Cell::new(None) };
    static RESET: Cell<Option<OnReset>> = const { Cell::new(None) };
    static KEPT: RefCell<Vec<Pending<MINIPORT_RESET>>> = const { RefCell::new(Vec::new()) };
    static SMUGGLED: Cell<Option<Answered>> = const { Cell::new(None) };
}

/// A function that may fail, and answers without a `Result`.
#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Adapter, request: MiniportOidRequest<'_>) -> Answered {
    OID.get().unwrap()(request)
}

/// The same with one.
#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request_or_error(_adapter: &Adapter, request: MiniportOidRequest<'_>) -> Result<Answered, NdisStatus> {
    let _answered = OID.get().unwrap()(request);
    Err(NdisStatus::INVALID_LENGTH)
}

type Entry = unsafe extern "system" fn(NDIS_HANDLE, PNDIS_OID_REQUEST) -> NDIS_STATUS;

/// What NDIS gets, what is reported, and with what the request was completed.
fn ask(entry: Entry, on_oid: OnOid) -> (NdisStatus, Vec<BreachKind>, Vec<NdisStatus>) {
    OID.set(Some(on_oid));
    // SAFETY: all zero is a valid request: a query of object 0.
    let mut request: NDIS_OID_REQUEST = unsafe { std::mem::zeroed() };
    request.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_OID_REQUEST,
        Revision: 1,
        Size: NDIS_SIZEOF_OID_REQUEST_REVISION_1,
    };
    let adapter = known(Adapter);
    // SAFETY: a request and a context as NDIS passes them.
    let (status, breaches) = call(|| unsafe { entry(adapter.as_raw(), &raw mut request) });
    let completed = calls().into_iter().map(|called| match called {
        Called::OidComplete { adapter, request: completed, status } => {
            assert_eq!((adapter, completed), (ndis_handle(OBJECT), &raw mut request));
            NdisStatus::from_raw(status)
        }
        other => panic!("{other:?}"),
    });
    (status, breaches, completed.collect())
}

#[test]
fn a_request_that_fails_is_answered_with_the_error() {
    for (on_oid, status) in [
        ((|request| request.fail(NdisStatus::INVALID_OID)) as OnOid, NdisStatus::INVALID_OID),
        (|request| request.fail(AllocError::Resources), NdisStatus::RESOURCES),
        // No error may be one of these.
        (|request| request.fail(NdisStatus::SUCCESS), NdisStatus::FAILURE),
        (|request| request.fail(NdisStatus::PENDING), NdisStatus::FAILURE),
    ] {
        assert_eq!(ask(oid_request::entry, on_oid), (status, vec![], vec![]));
    }
}

#[test]
fn an_answer_needs_no_result() {
    assert_eq!(ask(oid_request::entry, |request| request.done()), (NdisStatus::SUCCESS, vec![], vec![]));
    let pended: OnOid = |request| {
        let (token, answered) = request.pend();
        token.fail(NdisStatus::INVALID_DATA);
        answered
    };
    let invalid = vec![NdisStatus::INVALID_DATA];
    assert_eq!(ask(oid_request::entry, pended), (NdisStatus::PENDING, vec![], invalid));
    let smuggle: OnOid = |request| {
        SMUGGLED.set(Some(request.done()));
        expected_panic()
    };
    let panicked = (NdisStatus::NOT_ACCEPTED, vec![BreachKind::Panicked], vec![]);
    assert_eq!(ask(oid_request::entry, smuggle), panicked);
    let lie: OnOid = |_| SMUGGLED.take().unwrap();
    let not_answered = (NdisStatus::NOT_ACCEPTED, vec![BreachKind::NotAnswered], vec![]);
    assert_eq!(ask(oid_request::entry, lie), not_answered);
}

#[test]
fn the_error_that_is_returned_comes_after_the_one_that_was_given() {
    let given: OnOid = |request| request.fail(NdisStatus::INVALID_OID);
    assert_eq!(ask(oid_request_or_error::entry, given), (NdisStatus::INVALID_LENGTH, vec![], vec![]));
}

#[ndis_callback(MINIPORT_RESET)]
fn reset(_adapter: &Adapter, reset: MiniportReset<'_>) -> Result<Answered, NdisStatus> {
    RESET.get().unwrap()(reset)
}

/// What NDIS gets of a reset: the status, `AddressingReset`, and what was reported.
fn reset_adapter(on_reset: OnReset) -> (NdisStatus, BOOLEAN, Vec<BreachKind>) {
    RESET.set(Some(on_reset));
    let (adapter, mut addressing) = (known(Adapter), 0xA5);
    // SAFETY: an out parameter and a context as NDIS passes them.
    let (status, breaches) = call(|| unsafe { reset::entry(adapter.as_raw(), &raw mut addressing) });
    (status, addressing, breaches)
}

fn completed(status: NdisStatus, addressing: BOOLEAN) -> Vec<Called> {
    vec![Called::ResetComplete { adapter: ndis_handle(OBJECT), status: status.as_raw(), addressing }]
}

#[test]
fn a_reset_says_at_once_what_it_lost() {
    assert_eq!(reset_adapter(|reset| Ok(reset.done())), (NdisStatus::SUCCESS, FALSE, vec![]));
    let lost: OnReset = |mut reset| {
        reset.addressing_was_reset();
        Ok(reset.done())
    };
    assert_eq!(reset_adapter(lost), (NdisStatus::SUCCESS, TRUE, vec![]));
    let failed: OnReset = |reset| Ok(reset.fail(NdisStatus::SOFT_ERRORS));
    assert_eq!(reset_adapter(failed), (NdisStatus::SOFT_ERRORS, FALSE, vec![]));
    let error: OnReset = |_| Err(NdisStatus::RESET_IN_PROGRESS);
    assert_eq!(reset_adapter(error), (NdisStatus::RESET_IN_PROGRESS, FALSE, vec![]));
    let panics: OnReset = |_| expected_panic();
    assert_eq!(reset_adapter(panics), (NdisStatus::HARD_ERRORS, FALSE, vec![BreachKind::Panicked]));
    assert_eq!(calls(), []);
}

/// NDIS takes the value of a pending reset from the completion.
#[test]
fn a_reset_says_later_what_it_lost() {
    let kept: OnReset = |reset| {
        let (token, answered) = reset.pend();
        KEPT.with_borrow_mut(|kept| kept.push(token));
        Ok(answered)
    };
    let lost_and_kept: OnReset = |mut reset| {
        reset.addressing_was_reset();
        let (token, answered) = reset.pend();
        KEPT.with_borrow_mut(|kept| kept.push(token));
        Ok(answered)
    };
    for (on_reset, addressing) in [(kept, FALSE), (lost_and_kept, TRUE)] {
        let token = || {
            assert_eq!(reset_adapter(on_reset), (NdisStatus::PENDING, addressing, vec![]));
            assert_eq!(calls(), []);
            KEPT.take().pop().unwrap()
        };
        token().complete();
        assert_eq!(calls(), completed(NdisStatus::SUCCESS, addressing));
        token().fail(NdisStatus::HARD_ERRORS);
        assert_eq!(calls(), completed(NdisStatus::HARD_ERRORS, addressing));
        drop(token());
        assert_eq!(calls(), completed(NdisStatus::REQUEST_ABORTED, addressing));
    }
    let lost_at_another_level: OnReset = |mut reset| {
        reset.addressing_was_reset();
        let (token, answered) = reset.pend();
        token.complete();
        set_simulated(Irql::APC);
        Ok(answered)
    };
    assert_eq!(reset_adapter(lost_at_another_level), (NdisStatus::PENDING, TRUE, vec![IRQL_CHANGED]));
    assert_eq!(calls(), completed(NdisStatus::SUCCESS, TRUE));
}

#[test]
fn a_reset_without_a_place_for_its_answer_is_refused() {
    RESET.set(Some(|_| panic!("the function ran")));
    let adapter = known(Adapter);
    // SAFETY: a context as NDIS passes it; the entry notices the out parameter.
    let entered = call(|| unsafe { reset::entry(adapter.as_raw(), null_mut()) });
    assert_eq!(entered, (NdisStatus::HARD_ERRORS, vec![BreachKind::NullPointer]));
}
