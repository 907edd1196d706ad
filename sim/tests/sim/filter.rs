//! Filter modules.

use std::ptr;
use std::sync::Mutex;
use std::thread;

use ndis::NdisStatus;
use ndis::irql::{self, Irql};
use ndis::sys::*;
use ndis_sim::{FilterModule, Machine, Rule};

use crate::raw::assert_rules;

/// What a driver written by hand does: its context.
#[derive(Default)]
struct Driver {
    attributes: Attributes,
    attach: NDIS_STATUS,
    /// Calls of `NdisFPauseComplete` in the pause handler.
    completions: usize,
    pause: NDIS_STATUS,
    /// The level to return from the pause handler at.
    level: Option<Irql>,
    module: Mutex<usize>,
}

#[derive(Default, PartialEq)]
enum Attributes {
    #[default]
    Right,
    None,
    BadHeader,
    Null,
}

fn complete(module: usize) {
    // SAFETY: the handle is only compared.
    unsafe { NdisFPauseComplete(ptr::without_provenance_mut(module)) }
}

fn set_attributes(module: usize, context: NDIS_HANDLE, size: u16) -> NDIS_STATUS {
    let mut attributes = NDIS_FILTER_ATTRIBUTES {
        Header: NDIS_OBJECT_HEADER {
            Type: NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES,
            Revision: NDIS_FILTER_ATTRIBUTES_REVISION_1,
            Size: size,
        },
        Flags: 0,
    };
    // SAFETY: the structure is as long as it says or too short to be looked at.
    unsafe { NdisFSetAttributes(ptr::without_provenance_mut(module), context, &raw mut attributes) }
}

unsafe extern "system" fn attach(
    module: NDIS_HANDLE,
    context: NDIS_HANDLE,
    parameters: PNDIS_FILTER_ATTACH_PARAMETERS,
) -> NDIS_STATUS {
    // SAFETY: the context is the test's driver; the parameters are as long as they say.
    let (driver, parameters) = unsafe { (&*context.cast::<Driver>(), &*parameters) };
    assert_eq!(parameters.Header.Size, NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4);
    assert_eq!(parameters.CurrentMacAddress[..parameters.MacAddressLength.into()], [2, 0, 0, 0, 0, 1]);
    *driver.module.lock().unwrap() = module.addr();
    match driver.attributes {
        Attributes::None => {}
        Attributes::Right => assert_eq!(set_attributes(module.addr(), context, 8), NDIS_STATUS_SUCCESS),
        Attributes::BadHeader => {
            assert_eq!(set_attributes(module.addr(), context, 7), NDIS_STATUS_INVALID_PARAMETER);
            assert_eq!(set_attributes(module.addr(), context, 8), NDIS_STATUS_SUCCESS);
        }
        Attributes::Null => {
            // SAFETY: NULL is not followed.
            let status = unsafe { NdisFSetAttributes(module, context, ptr::null_mut()) };
            assert_eq!(status, NDIS_STATUS_INVALID_PARAMETER);
        }
    }
    driver.attach
}

unsafe extern "system" fn pause(context: NDIS_HANDLE, parameters: PNDIS_FILTER_PAUSE_PARAMETERS) -> NDIS_STATUS {
    // SAFETY: the context is the test's driver; the parameters are as long as they say.
    let (driver, parameters) = unsafe { (&*context.cast::<Driver>(), &*parameters) };
    assert_eq!(parameters.Header.Size, NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1);
    for _ in 0..driver.completions {
        complete(*driver.module.lock().unwrap());
    }
    if let Some(level) = driver.level {
        irql::set_simulated(level);
    }
    driver.pause
}

unsafe extern "system" fn detach(_: NDIS_HANDLE) {}

/// Attaches, pauses, does `meanwhile`, and detaches.
#[track_caller]
fn expect(driver: Driver, rules: &[Rule], meanwhile: impl FnOnce(&FilterModule)) {
    let machine = Machine::new();
    let module = machine.filter_module();
    // SAFETY: the handlers take this driver, which lives longer than the module.
    unsafe {
        let status = module.attach(Some(attach), (&raw const driver).cast_mut().cast());
        assert_eq!(status, NdisStatus::from_raw(driver.attach));
        if status.is_success() {
            assert_eq!(module.context().cast_const().cast(), &raw const driver);
            assert_eq!(module.pause(Some(pause)), NdisStatus::from_raw(driver.pause));
            meanwhile(&module);
            module.detach(Some(detach));
        }
    }
    drop(module);
    assert_rules(&machine.finish(), rules);
}

#[test]
fn a_module_that_pauses_at_once() {
    expect(Driver::default(), &[], |module| assert!(module.is_paused()));
}

#[test]
fn a_module_that_pauses_later() {
    let driver = Driver { pause: NDIS_STATUS_PENDING, ..Driver::default() };
    expect(driver, &[], |module| {
        assert!(!module.is_paused());
        let handle = module.handle().addr();
        thread::spawn(move || irql::simulate(Irql::DISPATCH, || complete(handle))).join().unwrap();
        assert!(module.is_paused());
    });
}

#[test]
fn a_pause_that_is_completed_before_its_handler_returns() {
    let driver = Driver { pause: NDIS_STATUS_PENDING, completions: 1, ..Driver::default() };
    expect(driver, &[], |module| assert!(module.is_paused()));
}

#[test]
fn a_pause_that_is_completed_twice() {
    let driver = Driver { pause: NDIS_STATUS_PENDING, completions: 2, ..Driver::default() };
    expect(driver, &[Rule::UnexpectedPauseComplete], |_| {});
    let driver = Driver { completions: 1, ..Driver::default() };
    expect(driver, &[Rule::UnexpectedPauseComplete], |_| {});
    expect(Driver::default(), &[Rule::UnexpectedPauseComplete], |module| complete(module.handle().addr()));
}

#[test]
fn a_pause_that_is_never_completed() {
    let driver = Driver { pause: NDIS_STATUS_PENDING, ..Driver::default() };
    // Once for the detach that must wait for it, once for the module that goes with it.
    expect(driver, &[Rule::PauseNotCompleted; 2], |_| {});
}

#[test]
fn a_pause_that_fails_or_raises() {
    let driver = Driver { pause: NDIS_STATUS_FAILURE, ..Driver::default() };
    expect(driver, &[Rule::IllegalStatus], |_| {});
    let driver = Driver { level: Some(Irql::DISPATCH), ..Driver::default() };
    expect(driver, &[Rule::IrqlChanged], |_| {});
}

#[test]
fn a_pause_completed_at_a_device_level() {
    let driver = Driver { pause: NDIS_STATUS_PENDING, ..Driver::default() };
    expect(driver, &[Rule::RaisedIrql], |module| {
        irql::simulate(Irql::DEVICE_MIN, || complete(module.handle().addr()));
    });
}

#[test]
fn an_attach_that_fails() {
    let driver = Driver { attach: NDIS_STATUS_RESOURCES, attributes: Attributes::None, ..Driver::default() };
    expect(driver, &[], |_| {});
    let driver = Driver { attach: NDIS_STATUS_PENDING, ..Driver::default() };
    expect(driver, &[Rule::IllegalStatus], |_| {});
}

#[test]
fn attributes_that_are_wrong() {
    let driver = Driver { attributes: Attributes::BadHeader, ..Driver::default() };
    expect(driver, &[Rule::ObjectHeader], |_| {});
    let driver = Driver { attributes: Attributes::Null, attach: NDIS_STATUS_FAILURE, ..Driver::default() };
    expect(driver, &[Rule::BadPointer], |_| {});
    expect(Driver::default(), &[Rule::AttributesOutsideAttach], |module| {
        let status = set_attributes(module.handle().addr(), ptr::null_mut(), 8);
        assert_eq!(status, NDIS_STATUS_INVALID_STATE);
    });
    expect(Driver::default(), &[Rule::RaisedIrql], |module| {
        irql::simulate(Irql::DISPATCH, || {
            assert_eq!(set_attributes(module.handle().addr(), ptr::null_mut(), 8), NDIS_STATUS_FAILURE);
        });
    });
}

#[test]
fn an_attach_without_attributes() {
    let machine = Machine::new();
    let module = machine.filter_module();
    let driver = Driver { attributes: Attributes::None, ..Driver::default() };
    // SAFETY: the handler takes this driver.
    let status = unsafe { module.attach(Some(attach), (&raw const driver).cast_mut().cast()) };
    assert!(status.is_success() && module.context().is_null());
    assert_rules(&machine.finish(), &[Rule::AttributesNotSet]);
}

#[test]
fn a_machine_that_finishes_in_a_pause() {
    let machine = Machine::new();
    let module = machine.filter_module();
    let driver = Driver { pause: NDIS_STATUS_PENDING, ..Driver::default() };
    // SAFETY: the handlers take this driver, which lives longer than the module.
    unsafe {
        module.attach(Some(attach), (&raw const driver).cast_mut().cast());
        module.pause(Some(pause));
    }
    assert_rules(&machine.finish(), &[Rule::PauseNotCompleted]);
}
