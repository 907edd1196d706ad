//! What only one callback does.

use std::mem::offset_of;

use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, RegistrationAttributes};

use crate::Situation::*;
use crate::common::memory::Memory;
use crate::common::record::{at, kinds, live, ndis_handle, unreported};
use crate::expected::Expected;
use crate::fixture::{self, Object};
use crate::ndis_functions::{BINDING, Called, answering, calls, clones, without_clones};
use crate::special::{self, HANDLE};
use crate::stage::{OBJECT, Stage};
use crate::table::{Answer, Callback, PENDING, RESOURCES, Word, number};

/// The names of the functions that were called since the last look.
fn functions() -> Vec<&'static str> {
    calls().iter().map(|called| called.function).collect()
}

/// A call of which this is all that NDIS hears.
fn hears(function: &'static str, arguments: &[Word]) -> Called {
    Called { function, arguments: arguments.to_vec(), ..Called::default() }
}

fn status(status: NdisStatus) -> Word {
    number(status.as_raw().cast_unsigned() as usize)
}

/// The object of a callback, with NDIS's handle of it.
fn object() -> Context<Object> {
    let object = Context::new(Object::new(0)).unwrap();
    // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
    unsafe { object.set_ndis_handle(ndis_handle(OBJECT)) };
    object
}

/// A request as NDIS passes it.
fn request() -> Memory {
    let memory = Memory::guarded(NDIS_SIZEOF_OID_REQUEST_REVISION_1.into());
    memory.write(0, NDIS_OBJECT_HEADER { Type: 0x96, Revision: 1, Size: NDIS_SIZEOF_OID_REQUEST_REVISION_1 });
    special::fill("NDIS_OID_REQUEST", &memory, &memory);
    memory
}

/// Frees what the stage has, and checks that nothing else lives: NDIS has got nothing to keep.
fn take_all_back(stage: &mut Stage) {
    let expected = Expected { answer: Answer::Nothing, breaches: vec![], called: false };
    stage.take_all_back(&expected, None, stage.callback.name);
    assert_eq!(live(), 0, "values that still live");
}

/// A shutdown for a bugcheck: at HIGH_LEVEL nothing is checked but what memory safety needs, and nothing is reported,
/// not even a panic.
#[test]
fn a_shutdown_for_a_bugcheck_is_silent() {
    for (situation, called) in [
        (AllIsWell, 1),
        (NullContext, 0),
        (MisalignedContext, 0),
        (ForeignContext, 0),
        (PoisonedContext, 0),
        (Panic, 1),
        (PanicWithPayloadThatPanicsOnDrop, 1),
        (IrqlChanged, 1),
    ] {
        for level in [0, 2, 15] {
            let mut stage = Stage::new(Callback::of("MINIPORT_SHUTDOWN"), situation);
            fixture::called();
            let context = stage.words[0];
            // SAFETY: whatever is wrong with the context is what the entry must notice.
            let shut_down = || unsafe { bugchecks::entry(context, NdisShutdownBugCheck) };
            unreported(|| at(level, shut_down));
            assert_eq!(fixture::called(), called, "{situation:?}");
            let is_panic = matches!(situation, Panic | PanicWithPayloadThatPanicsOnDrop);
            let breaches = if is_panic { vec![BreachKind::Panicked] } else { vec![] };
            let expected = Expected { answer: Answer::Nothing, breaches, called: called > 0 };
            stage.take_all_back(&expected, None, "bugcheck");
            assert_eq!(live(), 0, "values that still live");
        }
    }
}

/// The fixture's function sees no bugcheck.
#[ndis_callback(MINIPORT_SHUTDOWN)]
fn bugchecks(_adapter: &Object, action: ShutdownAction) {
    assert_eq!(action, ShutdownAction::BugCheck);
    let _ = fixture::perform();
}

/// What a callback made is settled with the handle that NDIS has for it: what the callback got, or the opening gave.
#[test]
fn what_was_made_is_settled_with_its_own_handle() {
    for (makes, takes, handle) in [
        ("FILTER_ATTACH", "FILTER_PAUSE", HANDLE),
        ("MINIPORT_INITIALIZE", "MINIPORT_PAUSE", HANDLE),
        ("PROTOCOL_BIND_ADAPTER_EX", "PROTOCOL_NET_PNP_EVENT", BINDING),
    ] {
        let mut made = Stage::new(Callback::of(makes), AllIsWell);
        unreported(|| made.call());
        let context = calls()[0].arguments[1];
        let mut taken = Stage::new(Callback::of(takes), Pended);
        taken.words[0] = context;
        assert_eq!(unreported(|| taken.call()), PENDING);
        let calls = calls();
        assert_eq!((calls.len(), calls[0].arguments[0]), (1, ndis_handle(handle)), "{takes}");
        // SAFETY: NDIS was given the context, which nobody else has.
        drop(unsafe { Context::<Object>::from_raw(context) });
        let expected = Expected { answer: Answer::Nothing, breaches: vec![], called: false };
        made.take_all_back(&expected, None, makes);
        take_all_back(&mut taken);
    }
}

#[ndis_callback(FILTER_STATUS)]
fn stops(_module: &Object, _indication: StatusIndication<'_>) -> Pass {
    Pass::Stop
}

#[test]
fn a_status_that_a_filter_stops_goes_nowhere() {
    let mut stage = Stage::new(Callback::of("FILTER_STATUS"), AllIsWell);
    // SAFETY: these are the arguments of a call in which all is well.
    unreported(|| unsafe { stops::entry(stage.words[0], stage.words[1].cast()) });
    assert_eq!(calls(), []);
    take_all_back(&mut stage);
}

/// What the drivers below wrote into the clone is in the original when NDIS gets that back.
#[test]
fn the_original_of_a_request_gets_the_answer_of_its_clone() {
    const WRITTEN: usize = offset_of!(NDIS_OID_REQUEST, DATA) + offset_of!(NDIS_OID_REQUEST_QUERY, BytesWritten);
    let (original, module) = (request(), object());
    let clone = special::forwarded(original.as_ptr());
    // SAFETY: the clone is as long as the original; both arguments are as NDIS passes them.
    unsafe {
        clone.cast::<u8>().add(WRITTEN).cast::<u32>().write_unaligned(77);
        let entry = fixture::filter_oid_request_complete::entry;
        unreported(|| entry(module.as_raw(), clone.cast(), NDIS_STATUS_RESOURCES));
    }
    assert_eq!(original.read::<u32>(WRITTEN), 77);
    let completed = [ndis_handle(OBJECT), original.as_ptr(), status(NdisStatus::RESOURCES)];
    let freed = hears("NdisFreeCloneOidRequest", &[ndis_handle(OBJECT), clone]);
    assert_eq!(calls(), [freed, hears("NdisFOidRequestComplete", &completed)]);
    assert_eq!(clones(), 0);
}

/// A clone that is completed at once has no completion callback: its original is completed all the same.
#[test]
fn a_request_that_is_answered_below_at_once_is_completed() {
    for answer in [NdisStatus::SUCCESS, NdisStatus::NOT_SUPPORTED] {
        let (original, module) = (request(), object());
        // SAFETY: the context and the request are live.
        let forward = || unsafe { special::forward::entry(module.as_raw(), original.as_ptr()) };
        assert_eq!(answering(answer.as_raw(), || unreported(forward)), NDIS_STATUS_PENDING);
        let calls = calls();
        let completed = [ndis_handle(OBJECT), original.as_ptr(), status(answer)];
        assert_eq!(calls[3], hears("NdisFOidRequestComplete", &completed));
        assert_eq!((calls.len(), calls[2].function, clones()), (4, "NdisFreeCloneOidRequest", 0));
    }
}

#[test]
fn a_request_that_cannot_be_cloned_fails() {
    let (original, module) = (request(), object());
    // SAFETY: the context and the request are live.
    let forward = || unsafe { special::forward::entry(module.as_raw(), original.as_ptr()) };
    assert_eq!(without_clones(|| unreported(forward)), NDIS_STATUS_RESOURCES);
    assert_eq!(functions(), ["NdisAllocateCloneOidRequest"]);
}

/// NDIS gets the answer to the bind request from the opening; the binding that did not come about is dropped.
#[test]
fn an_adapter_that_cannot_be_opened_is_not_bound() {
    let mut stage = Stage::new(Callback::of("PROTOCOL_BIND_ADAPTER_EX"), AllIsWell);
    assert_eq!(answering(NDIS_STATUS_RESOURCES, || unreported(|| stage.call())), PENDING);
    let calls = calls();
    assert_eq!(calls[0].function, "NdisOpenAdapterEx");
    assert_eq!(calls[1..], [hears("NdisCompleteBindAdapterEx", &[ndis_handle(HANDLE), status(NdisStatus::RESOURCES)])]);
    take_all_back(&mut stage);
}

#[test]
fn a_filter_module_that_ndis_does_not_take_is_dropped() {
    let mut stage = Stage::new(Callback::of("FILTER_ATTACH"), AllIsWell);
    assert_eq!(answering(NDIS_STATUS_RESOURCES, || unreported(|| stage.call())), RESOURCES);
    assert_eq!(functions(), ["NdisFSetAttributes"]);
    take_all_back(&mut stage);
}

#[ndis_callback(MINIPORT_INITIALIZE)]
fn passes_on_the_error(_driver: Option<&Object>, init: MiniportInit<'_>) -> Result<Initialized<Object>, NdisStatus> {
    init.register(Context::new(Object::new(0))?, RegistrationAttributes::default())
}

#[ndis_callback(MINIPORT_INITIALIZE)]
fn registers_twice(_driver: Option<&Object>, init: MiniportInit<'_>) -> Result<Initialized<Object>, NdisStatus> {
    let _ = init.register(Context::new(Object::new(0))?, RegistrationAttributes::default())?;
    init.register(Context::new(Object::new(0))?, RegistrationAttributes::default())
}

#[test]
fn an_adapter_whose_context_ndis_does_not_take_is_not_initialized() {
    let mut stage = Stage::new(Callback::of("MINIPORT_INITIALIZE"), AllIsWell);
    let [handle, driver, parameters] = stage.words[..] else { unreachable!() };
    // SAFETY: these are the arguments of a call in which all is well.
    let once = || unsafe { passes_on_the_error::entry(handle, driver, parameters.cast()) };
    assert_eq!(answering(NDIS_STATUS_RESOURCES, || unreported(once)), NDIS_STATUS_RESOURCES);
    assert_eq!(functions(), ["NdisMSetMiniportAttributes"]);
    // SAFETY: as above.
    let twice = || unsafe { registers_twice::entry(handle, driver, parameters.cast()) };
    assert_eq!(unreported(twice), NDIS_STATUS_FAILURE);
    assert_eq!(functions(), ["NdisMSetMiniportAttributes"]);
    take_all_back(&mut stage);
}

#[ndis_callback(MINIPORT_SET_OPTIONS)]
fn wants_its_object(_driver: &Object, _handle: MiniportDriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

/// A function may take `&T` where NDIS may pass NULL; then a NULL is refused.
#[test]
fn a_driver_that_wants_its_object_is_not_called_without() {
    let call = || {
        // SAFETY: a NULL context is what the entry must notice.
        at(0, || unsafe { wants_its_object::entry(ndis_handle(HANDLE), std::ptr::null_mut()) })
    };
    assert_eq!(kinds(call), (NDIS_STATUS_INVALID_PARAMETER, vec![BreachKind::NullContext]));
}

#[ndis_callback(MINIPORT_RESET)]
fn loses_addresses(_adapter: &Object, mut reset: MiniportReset<'_>) -> Answered {
    reset.addressing_was_reset();
    reset.done()
}

#[ndis_callback(MINIPORT_RESET)]
fn loses_addresses_later(_adapter: &Object, mut reset: MiniportReset<'_>) -> Answered {
    reset.addressing_was_reset();
    let (pending, answered) = reset.pend();
    pending.complete();
    answered
}

/// That a reset lost the addresses is in the out parameter, and in the completion.
#[test]
fn a_reset_says_that_addresses_were_lost() {
    let (adapter, mut was_reset) = (object(), 0x5A);
    // SAFETY: the context and the out parameter are live.
    let reset = || unsafe { loses_addresses::entry(adapter.as_raw(), &raw mut was_reset) };
    assert_eq!(unreported(reset), NDIS_STATUS_SUCCESS);
    assert_eq!((was_reset, calls()), (TRUE, vec![]));
    // SAFETY: as above.
    let reset = || unsafe { loses_addresses_later::entry(adapter.as_raw(), &raw mut was_reset) };
    assert_eq!(unreported(reset), NDIS_STATUS_PENDING);
    assert_eq!(calls(), [hears("NdisMResetComplete", &[ndis_handle(OBJECT), status(NdisStatus::SUCCESS), number(1)])]);
}
