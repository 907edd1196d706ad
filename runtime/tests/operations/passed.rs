//! Lists and a status that pass through a filter, and the order in which a registration's handler gets its arguments.

use std::cell::Cell;
use std::ptr::null_mut;

use ndis::irql::{IrqlRange, set_simulated};
use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, Irql};

use super::common::lists::Lists;
use super::common::ndis_functions::{Called, calls};
use super::common::{at, expected_panic, kinds, ndis_handle};
use super::{IRQL_CHANGED, OBJECT, call, known};

struct Module;

type OnStatus = fn(StatusIndication<'_>) -> Pass;

thread_local! {
    static STATUS: Cell<Option<OnStatus>> = const { Cell::new(None) };
}

#[ndis_callback(FILTER_STATUS)]
fn status(_module: &Module, indication: StatusIndication<'_>) -> Pass {
    STATUS.get().unwrap()(indication)
}

#[ndis_callback(FILTER_SEND_NET_BUFFER_LISTS)]
fn send(_module: &Module, lists: Chain<FilterSend>) {
    lists.forward();
}

#[ndis_callback(FILTER_RECEIVE_NET_BUFFER_LISTS)]
fn receive(_module: &Module, lists: Received<'_, FilterReceive>) {
    match lists {
        Received::Owned(lists) => lists.forward(),
        Received::Lent(_) => unreachable!(),
    }
}

/// The flag that says at which level NDIS calls goes on only where it is true.
#[test]
fn lists_go_on_in_their_direction() {
    let (module, lists) = (known(Module), Lists::new(3));
    let (first, handle) = (lists.first(), ndis_handle(OBJECT));
    for (level, given, flags) in [(0, 0x10, 0x10), (2, 0x10, 0x10), (2, 0x11, 0x11)] {
        // SAFETY: a context and lists as NDIS passes them, here and below.
        let sent = || unsafe { send::entry(module.as_raw(), first, 7, given) };
        assert_eq!(kinds(|| at(level, sent)).1, []);
        assert_eq!(calls(), [Called::FilterSends { module: handle, first, port: 7, flags }]);
        // SAFETY: as above.
        let received = || unsafe { receive::entry(module.as_raw(), first, 7, 3, given) };
        assert_eq!(kinds(|| at(level, received)).1, []);
        assert_eq!(calls(), [Called::FilterIndicates { module: handle, first, port: 7, count: 3, flags }]);
    }
}

/// A status that a miniport indicates.
fn indication() -> NDIS_STATUS_INDICATION {
    // SAFETY: all zero is a valid structure, but for its header.
    let mut indication: NDIS_STATUS_INDICATION = unsafe { std::mem::zeroed() };
    indication.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_STATUS_INDICATION,
        Revision: 1,
        Size: NDIS_SIZEOF_STATUS_INDICATION_REVISION_1,
    };
    indication.StatusCode = NDIS_STATUS_MEDIA_CONNECT;
    indication
}

/// Indicates a status to a module; gives back what was reported, and how often the status was passed on.
fn indicate(module: &Context<Module>, level: u8, on_status: OnStatus) -> (Vec<BreachKind>, usize) {
    STATUS.set(Some(on_status));
    let mut indication = indication();
    // SAFETY: a context and a structure as NDIS passes them.
    let entry = || unsafe { status::entry(module.as_raw(), &raw mut indication) };
    let ((), breaches) = kinds(|| at(level, entry));
    let passed_on = calls();
    let once = Called::IndicateStatus { module: ndis_handle(OBJECT), indication: &raw mut indication };
    assert!(passed_on.iter().all(|call| *call == once), "{passed_on:?}");
    (breaches, passed_on.len())
}

const ON: OnStatus = |indication| {
    assert_eq!(indication.code(), NdisStatus::MEDIA_CONNECT);
    Pass::On
};

#[test]
fn a_status_goes_on_or_stops() {
    let module = known(Module);
    for level in 0..=2 {
        assert_eq!(indicate(&module, level, ON), (vec![], 1));
        assert_eq!(indicate(&module, level, |_| Pass::Stop), (vec![], 0));
    }
}

/// A filter that fails hides nothing from the drivers above.
#[test]
fn a_status_goes_on_when_the_function_fails() {
    for does in [Pass::On, Pass::Stop] {
        let module = known(Module);
        let at_another_level: OnStatus = match does {
            Pass::On => |_| {
                set_simulated(Irql::APC);
                Pass::On
            },
            Pass::Stop => |_| {
                set_simulated(Irql::APC);
                Pass::Stop
            },
        };
        assert_eq!(indicate(&module, 0, at_another_level), (vec![IRQL_CHANGED], 1));
        assert!(!module.is_poisoned());
        assert_eq!(indicate(&module, 0, |_| expected_panic()), (vec![BreachKind::Panicked], 1));
        assert_eq!(indicate(&module, 0, |_| panic!("the function ran")), (vec![BreachKind::Poisoned], 1));
    }
}

#[test]
fn a_status_that_cannot_go_on_is_reported() {
    let module = known(Module);
    let legal = IrqlRange { min: Irql::PASSIVE, max: Irql::DISPATCH };
    let too_high = BreachKind::Irql { legal, found: Irql::from_raw(3) };
    let ran: OnStatus = |_| panic!("the function ran");
    assert_eq!(indicate(&module, 3, ran), (vec![too_high, BreachKind::NotGivenBack], 0));
    let unknown = Context::new(Module).unwrap();
    assert_eq!(indicate(&unknown, 0, ON), (vec![BreachKind::NoNdisHandle], 0));
    assert_eq!(indicate(&unknown, 0, |_| Pass::Stop), (vec![], 0));
}

/// What is wrong with it is for the next driver to see.
#[test]
fn a_status_that_is_none_goes_on() {
    let module = known(Module);
    STATUS.set(Some(|_| panic!("the function ran")));
    // SAFETY: a context as NDIS passes it; the entry notices the pointer.
    let ((), breaches) = kinds(|| at(0, || unsafe { status::entry(module.as_raw(), null_mut()) }));
    assert_eq!(breaches, [BreachKind::NullPointer]);
    assert_eq!(calls(), [Called::IndicateStatus { module: ndis_handle(OBJECT), indication: null_mut() }]);
}

/// NDIS passes its handle first, the function takes the driver first.
#[test]
fn set_options_takes_the_driver_first() {
    struct Driver(u32);
    #[ndis_callback(PROTOCOL_SET_OPTIONS)]
    fn of_a_driver(driver: &Driver, handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
        assert_eq!(format!("{handle:?}"), format!("ProtocolDriverHandle({:?})", ndis_handle(0x5E7)));
        Err(NdisStatus::from_raw(driver.0.cast_signed()))
    }
    #[ndis_callback(MINIPORT_SET_OPTIONS)]
    fn of_a_miniport(driver: Option<&Driver>, handle: MiniportDriverHandle<'_>) -> Result<(), NdisStatus> {
        assert_eq!(format!("{handle:?}"), format!("MiniportDriverHandle({:?})", ndis_handle(0x5E7)));
        driver.map(|_| ()).ok_or(NdisStatus::RESOURCES)
    }
    let driver = Context::new(Driver(0xC0DE)).unwrap();
    let (handle, driver) = (ndis_handle(0x5E7), driver.as_raw());
    // SAFETY: a context of the functions' type, or none.
    unsafe {
        assert_eq!(call(|| of_a_driver::entry(handle, driver)), (NdisStatus::from_raw(0xC0DE), vec![]));
        let refused = |kind| (NdisStatus::INVALID_PARAMETER, vec![kind]);
        assert_eq!(call(|| of_a_driver::entry(handle, null_mut())), refused(BreachKind::NullContext));
        assert_eq!(call(|| of_a_driver::entry(null_mut(), driver)), refused(BreachKind::NullPointer));
        assert_eq!(call(|| of_a_miniport::entry(handle, driver)), (NdisStatus::SUCCESS, vec![]));
        assert_eq!(call(|| of_a_miniport::entry(handle, null_mut())), (NdisStatus::RESOURCES, vec![]));
    }
}
