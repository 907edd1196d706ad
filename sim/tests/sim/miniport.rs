//! OID requests and sends.

use std::ptr;
use std::sync::Mutex;

use ndis::NdisStatus;
use ndis::irql::{self, Irql};
use ndis::sys::*;
use ndis_sim::{Adapter, Machine, Report, Rule};

use crate::raw::assert_rules;

/// What a driver written by hand does: its adapter's context.
#[derive(Default)]
struct Driver {
    adapter: usize,
    returns: NDIS_STATUS,
    /// What it completes a request with before it returns.
    completes: Vec<NDIS_STATUS>,
    written: u32,
    level: Option<Irql>,
    request: Mutex<usize>,
    lists: Mutex<Vec<PNET_BUFFER_LIST>>,
}

fn complete_oid(adapter: usize, request: usize, status: NDIS_STATUS) {
    // SAFETY: the handle and the pointer are only compared.
    unsafe {
        let adapter = ptr::without_provenance_mut(adapter);
        NdisMOidRequestComplete(adapter, ptr::without_provenance_mut(request), status);
    }
}

unsafe extern "system" fn oid(context: NDIS_HANDLE, request: PNDIS_OID_REQUEST) -> NDIS_STATUS {
    // SAFETY: the context is the test's driver; the request is as long as it says, and a query.
    let driver = unsafe { &*context.cast::<Driver>() };
    // SAFETY: as above.
    unsafe {
        assert_eq!((*request).Header.Size, NDIS_SIZEOF_OID_REQUEST_REVISION_1);
        let query = &raw mut (*request).DATA.QUERY_INFORMATION;
        assert_eq!((*query).Oid, 0x0001_0101);
        (*query).InformationBuffer.write_bytes(1, (*query).InformationBufferLength as usize);
        (*query).BytesWritten = driver.written;
    }
    *driver.request.lock().unwrap() = request.addr();
    for status in &driver.completes {
        complete_oid(driver.adapter, request.addr(), *status);
    }
    if let Some(level) = driver.level {
        irql::set_simulated(level);
    }
    driver.returns
}

/// Sends one request, does `later`, says how the request ended, and halts.
#[track_caller]
fn request(mut driver: Driver, ended: NdisStatus, later: impl FnOnce(&Adapter, usize)) -> Report {
    let machine = Machine::new();
    let adapter = machine.adapter();
    driver.adapter = adapter.handle().addr();
    // SAFETY: the handler takes this driver.
    let sent = unsafe { adapter.oid_request(Some(oid), (&raw const driver).cast_mut().cast(), 0x0001_0101) };
    assert_eq!(sent.returned, NdisStatus::from_raw(driver.returns));
    later(&adapter, *driver.request.lock().unwrap());
    assert_eq!(sent.completed().unwrap_or(NdisStatus::PENDING), ended);
    drop(adapter);
    machine.finish()
}

#[test]
fn a_request_that_is_answered_at_once() {
    request(Driver::default(), NdisStatus::SUCCESS, |_, _| {}).assert_clean();
    let driver = Driver { returns: NDIS_STATUS_NOT_SUPPORTED, ..Driver::default() };
    request(driver, NdisStatus::NOT_SUPPORTED, |_, _| {}).assert_clean();
}

#[test]
fn a_request_that_is_answered_later() {
    let pending = || Driver { returns: NDIS_STATUS_PENDING, ..Driver::default() };
    let report = request(pending(), NdisStatus::SUCCESS, |adapter, request| {
        irql::simulate(Irql::DISPATCH, || complete_oid(adapter.handle().addr(), request, NDIS_STATUS_SUCCESS));
    });
    report.assert_clean();
    let driver = Driver { completes: vec![NDIS_STATUS_FAILURE], ..pending() };
    request(driver, NdisStatus::FAILURE, |_, _| {}).assert_clean();
}

#[test]
fn a_request_that_is_never_answered() {
    let driver = Driver { returns: NDIS_STATUS_PENDING, ..Driver::default() };
    assert_rules(&request(driver, NdisStatus::PENDING, |_, _| {}), &[Rule::OidNotCompleted]);
}

#[test]
fn a_request_that_is_answered_twice() {
    let driver = Driver { completes: vec![NDIS_STATUS_SUCCESS], ..Driver::default() };
    assert_rules(&request(driver, NdisStatus::SUCCESS, |_, _| {}), &[Rule::OidCompletedTwice]);
    let completes = vec![NDIS_STATUS_SUCCESS, NDIS_STATUS_FAILURE];
    let driver = Driver { returns: NDIS_STATUS_PENDING, completes, ..Driver::default() };
    assert_rules(&request(driver, NdisStatus::SUCCESS, |_, _| {}), &[Rule::OidCompletedTwice]);
}

#[test]
fn a_request_that_is_completed_as_pending() {
    let driver = Driver { returns: NDIS_STATUS_PENDING, completes: vec![NDIS_STATUS_PENDING], ..Driver::default() };
    assert_rules(&request(driver, NdisStatus::PENDING, |_, _| {}), &[Rule::OidCompletedPending]);
}

#[test]
fn a_request_with_too_much_written() {
    let driver = Driver { written: 257, ..Driver::default() };
    assert_rules(&request(driver, NdisStatus::SUCCESS, |_, _| {}), &[Rule::OidOverrun]);
    let driver = Driver { written: 256, ..Driver::default() };
    request(driver, NdisStatus::SUCCESS, |_, _| {}).assert_clean();
}

#[test]
fn a_completion_of_nothing_or_too_high() {
    let report = request(Driver::default(), NdisStatus::SUCCESS, |adapter, request| {
        complete_oid(adapter.handle().addr(), request + 8, NDIS_STATUS_SUCCESS);
        complete_oid(adapter.handle().addr(), 0, NDIS_STATUS_SUCCESS);
    });
    assert_rules(&report, &[Rule::UnknownOidRequest; 2]);
    let driver = Driver { returns: NDIS_STATUS_PENDING, ..Driver::default() };
    let report = request(driver, NdisStatus::SUCCESS, |adapter, request| {
        irql::simulate(Irql::HIGH, || complete_oid(adapter.handle().addr(), request, NDIS_STATUS_SUCCESS));
    });
    assert_rules(&report, &[Rule::RaisedIrql]);
}

#[test]
fn a_handler_that_returns_at_another_level() {
    let driver = Driver { level: Some(Irql::DISPATCH), ..Driver::default() };
    assert_rules(&request(driver, NdisStatus::SUCCESS, |_, _| {}), &[Rule::IrqlChanged]);
}

#[test]
fn a_machine_that_finishes_before_its_adapter() {
    let machine = Machine::new();
    let adapter = machine.adapter();
    let driver = Driver { returns: NDIS_STATUS_PENDING, ..Driver::default() };
    // SAFETY: the handlers take this driver.
    unsafe {
        let context = (&raw const driver).cast_mut().cast();
        assert!(adapter.oid_request(Some(oid), context, 0x0001_0101).completed().is_none());
        adapter.send(Some(send), context, 2);
    }
    assert_rules(&machine.finish(), &[Rule::OidNotCompleted, Rule::ListNotCompleted]);
}

/// Keeps the lists, each on its own.
unsafe extern "system" fn send(context: NDIS_HANDLE, first: PNET_BUFFER_LIST, _: NDIS_PORT_NUMBER, flags: ULONG) {
    assert_eq!(flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL != 0, Irql::current() == Irql::DISPATCH);
    // SAFETY: the context is the test's driver; the chain is the driver's until it is completed.
    unsafe {
        let driver = &*context.cast::<Driver>();
        let mut next = first;
        while !next.is_null() {
            driver.lists.lock().unwrap().push(next);
            assert!(!(*next).FirstNetBuffer.is_null());
            next = std::mem::replace(&mut (*next).Next, ptr::null_mut());
        }
    }
}

fn complete(adapter: &Adapter, list: PNET_BUFFER_LIST, flags: ULONG) {
    // SAFETY: the test has nothing else to do with the lists of the chain.
    unsafe { NdisMSendNetBufferListsComplete(adapter.handle(), list, flags) }
}

/// Sends three lists, lets `complete` do its work, and halts.
#[track_caller]
fn send_three(rules: &[Rule], complete: impl FnOnce(&Adapter, &[PNET_BUFFER_LIST])) {
    let machine = Machine::new();
    let adapter = machine.adapter();
    let driver = Driver::default();
    // SAFETY: the handler takes this driver.
    unsafe { adapter.send(Some(send), (&raw const driver).cast_mut().cast(), 3) };
    assert_eq!(adapter.sends_outstanding(), 3);
    let lists = driver.lists.lock().unwrap().clone();
    assert_eq!(lists.len(), 3);
    complete(&adapter, &lists);
    drop(adapter);
    assert_rules(&machine.finish(), rules);
}

#[test]
fn sends_that_come_back_one_by_one() {
    send_three(&[], |adapter, lists| {
        lists.iter().rev().for_each(|list| complete(adapter, *list, 0));
        assert_eq!(adapter.sends_outstanding(), 0);
    });
}

#[test]
fn sends_that_come_back_as_a_chain() {
    send_three(&[], |adapter, lists| {
        // SAFETY: the lists are the driver's until they are completed.
        unsafe {
            (*lists[2]).Next = lists[0];
            (*lists[0]).Next = lists[1];
        }
        irql::simulate(Irql::DISPATCH, || complete(adapter, lists[2], NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL));
    });
}

#[test]
fn sends_that_never_come_back() {
    send_three(&[Rule::ListNotCompleted], |adapter, lists| complete(adapter, lists[0], 0));
}

#[test]
fn sends_that_come_back_twice() {
    send_three(&[Rule::ListCompletedTwice], |adapter, lists| {
        lists.iter().for_each(|list| complete(adapter, *list, 0));
        complete(adapter, lists[1], 0);
    });
    // A chain that bites its tail.
    send_three(&[Rule::ListCompletedTwice, Rule::ListNotCompleted], |adapter, lists| {
        // SAFETY: the lists are the driver's until they are completed.
        unsafe {
            (*lists[0]).Next = lists[1];
            (*lists[1]).Next = lists[0];
        }
        complete(adapter, lists[0], 0);
    });
}

#[test]
fn lists_that_were_never_sent() {
    send_three(&[Rule::UnknownNetBufferList, Rule::BadPointer], |adapter, lists| {
        // SAFETY: the lists are the driver's until they are completed.
        unsafe { (*lists[2]).Next = ptr::without_provenance_mut(0x1000) };
        lists.iter().for_each(|list| complete(adapter, *list, 0));
        complete(adapter, ptr::null_mut(), 0);
    });
}

#[test]
fn a_flag_that_lies_about_the_level() {
    send_three(&[Rule::DispatchFlag], |adapter, lists| {
        complete(adapter, lists[0], NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
        lists[1..].iter().for_each(|list| complete(adapter, *list, 0));
    });
}

#[test]
fn a_send_at_dispatch_level() {
    irql::simulate(Irql::DISPATCH, || {
        send_three(&[], |adapter, lists| lists.iter().for_each(|list| complete(adapter, *list, 1)));
    });
}
