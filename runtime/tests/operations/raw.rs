//! Functions that take and return what C does.

use std::cell::Cell;
use std::ptr::null_mut;

use ndis::prelude::*;
use ndis::sys::*;
use ndis::{BreachKind, Opaque, RegistrationAttributes};

use super::common::lists::Lists;
use super::common::ndis_functions::{Called, calls};
use super::common::{Tracked, at, expected_panic, kinds, live, ndis_handle, unreported};
use super::{OBJECT, call, known};

struct Object;

thread_local! {
    static RETURNS: Cell<i32> = const { Cell::new(0) };
    static PANICS: Cell<bool> = const { Cell::new(false) };
}

/// Any parameter is as C passes it, with the others beside it as they are.
#[test]
fn parameters_are_as_c_passes_them() {
    thread_local!(static SEEN: Cell<Option<(PNET_BUFFER_LIST, u32, u32)>> = const { Cell::new(None) });
    #[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
    fn send(adapter: &Object, lists: (PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG)) {
        let Object = adapter;
        SEEN.set(Some(lists));
        if PANICS.get() {
            expected_panic();
        }
    }
    #[ndis_callback(MINIPORT_CANCEL_SEND)]
    fn cancel(adapter: NDIS_HANDLE, id: PVOID) {
        assert_eq!((adapter, id), (ndis_handle(1), ndis_handle(2)));
        SEEN.set(None);
    }
    let (adapter, lists) = (known(Object), Lists::new(2));
    let seen = Some((lists.first(), 7, 4));
    // SAFETY: a context and lists as NDIS passes them.
    unreported(|| unsafe { send::entry(adapter.as_raw(), lists.first(), 7, 4) });
    assert_eq!(SEEN.get(), seen);
    // They are the function's, whatever becomes of it.
    PANICS.set(true);
    // SAFETY: as above.
    let ((), breaches) = kinds(|| unsafe { send::entry(adapter.as_raw(), lists.first(), 7, 4) });
    assert_eq!((breaches, calls()), (vec![BreachKind::Panicked], vec![]));
    // One that it did not get is given back as ever.
    // SAFETY: as above.
    let ((), breaches) = kinds(|| unsafe { send::entry(adapter.as_raw(), lists.first(), 7, 4) });
    assert_eq!((breaches, lists.statuses()), (vec![BreachKind::Poisoned], vec![NDIS_STATUS_FAILURE; 2]));
    assert_eq!(calls().len(), 2);
    // SAFETY: the function looks at no value.
    unreported(|| unsafe { cancel::entry(ndis_handle(1), ndis_handle(2)) });
    assert_eq!(SEEN.get(), None);
}

#[test]
fn a_raw_status_is_what_ndis_gets() {
    #[ndis_callback(MINIPORT_OID_REQUEST)]
    fn oid_request(adapter: &Object, request: PNDIS_OID_REQUEST) -> NDIS_STATUS {
        let Object = adapter;
        assert_eq!(request.addr(), 0x0DD);
        RETURNS.get()
    }
    let adapter = known(Object);
    for status in [NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_NOT_SUPPORTED, 0x1234] {
        RETURNS.set(status);
        // SAFETY: a context as NDIS passes it; the function does not follow the pointer.
        let returned = call(|| unsafe { oid_request::entry(adapter.as_raw(), ndis_handle(0x0DD).cast()) });
        assert_eq!(returned, (NdisStatus::from_raw(status), vec![]));
    }
}

/// What is pending is pending, whatever the function returns.
#[test]
fn a_raw_status_does_not_hide_what_is_pending() {
    #[ndis_callback(MINIPORT_OID_REQUEST)]
    fn oid_request(_adapter: &Object, request: MiniportOidRequest<'_>) -> NDIS_STATUS {
        let (token, _answered) = request.pend();
        token.complete();
        NDIS_STATUS_FAILURE
    }
    let adapter = known(Object);
    // SAFETY: all zero is a valid request.
    let mut request: NDIS_OID_REQUEST = unsafe { std::mem::zeroed() };
    request.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_OID_REQUEST,
        Revision: 1,
        Size: NDIS_SIZEOF_OID_REQUEST_REVISION_1,
    };
    let request = &raw mut request;
    // SAFETY: a context and a request as NDIS passes them.
    let returned = call(|| unsafe { oid_request::entry(adapter.as_raw(), request) });
    assert_eq!(returned, (NdisStatus::PENDING, vec![]));
    assert_eq!(calls(), [Called::OidComplete { adapter: ndis_handle(OBJECT), request, status: NDIS_STATUS_SUCCESS }]);
}

/// What was done with the operation is the answer, whatever the function returns.
#[test]
fn a_raw_status_does_not_answer_for_an_operation() {
    type Answers = fn(FilterPause<'_>);
    thread_local!(static ANSWERS: Cell<Answers> = const { Cell::new(|pause| drop(pause)) });
    #[ndis_callback(FILTER_PAUSE)]
    fn pause(_module: &Object, pause: FilterPause<'_>) -> NDIS_STATUS {
        ANSWERS.get()(pause);
        RETURNS.get()
    }
    #[ndis_callback(MINIPORT_OID_REQUEST)]
    fn oid_request(_adapter: &Object, request: MiniportOidRequest<'_>) -> NDIS_STATUS {
        if RETURNS.get() == NDIS_STATUS_SUCCESS {
            let _answered = request.fail(NdisStatus::NOT_SUPPORTED);
        }
        RETURNS.get()
    }
    let object = known(Object);
    // SAFETY: all zero is a valid structure, but for its header, here and below.
    let mut parameters: NDIS_FILTER_PAUSE_PARAMETERS = unsafe { std::mem::zeroed() };
    parameters.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS,
        Revision: 1,
        Size: NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1,
    };
    for answers in [(|pause| drop(pause)) as Answers, |pause| drop(pause.done())] {
        ANSWERS.set(answers);
        for status in [NDIS_STATUS_PENDING, NDIS_STATUS_FAILURE] {
            RETURNS.set(status);
            // SAFETY: a context and parameters as NDIS passes them.
            let paused = call(|| unsafe { pause::entry(object.as_raw(), &raw mut parameters) });
            assert_eq!(paused, (NdisStatus::SUCCESS, vec![]));
        }
    }
    // SAFETY: as above.
    let mut request: NDIS_OID_REQUEST = unsafe { std::mem::zeroed() };
    request.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_OID_REQUEST,
        Revision: 1,
        Size: NDIS_SIZEOF_OID_REQUEST_REVISION_1,
    };
    let not_answered = (NdisStatus::NOT_ACCEPTED, vec![BreachKind::NotAnswered]);
    for (status, answer) in
        [(NDIS_STATUS_SUCCESS, (NdisStatus::NOT_SUPPORTED, vec![])), (NDIS_STATUS_PENDING, not_answered)]
    {
        RETURNS.set(status);
        // SAFETY: a context and a request as NDIS passes them.
        assert_eq!(call(|| unsafe { oid_request::entry(object.as_raw(), &raw mut request) }), answer);
    }
}

/// A status that the function takes as C passes it is its own to pass on.
#[test]
fn a_raw_status_indication_is_passed_on_by_the_function() {
    #[ndis_callback(FILTER_STATUS)]
    fn status(_module: &Object, indication: PNDIS_STATUS_INDICATION) {
        assert_eq!(indication.addr(), 0x0DD);
        if PANICS.get() {
            expected_panic();
        }
    }
    let module = known(Object);
    // SAFETY: a context as NDIS passes it; nobody follows the pointer.
    let entry = || unsafe { status::entry(module.as_raw(), ndis_handle(0x0DD).cast()) };
    assert_eq!((kinds(|| at(0, entry)).1, calls()), (vec![], vec![]));
    PANICS.set(true);
    assert_eq!((kinds(|| at(0, entry)).1, calls()), (vec![BreachKind::Panicked], vec![]));
    // One that it did not get is passed on as ever.
    assert_eq!((kinds(|| at(0, entry)).1, calls().len()), (vec![BreachKind::Poisoned], 1));
}

/// NDIS's handle of the module is that of the call, also where the function takes it as C passes it.
#[test]
fn a_module_that_is_attached_raw_has_its_handle() {
    #[ndis_callback(FILTER_ATTACH)]
    fn attach(
        _driver: Option<&Object>,
        (parameters, module): (PNDIS_FILTER_ATTACH_PARAMETERS, NDIS_HANDLE),
    ) -> Result<Context<Object>, NdisStatus> {
        assert_eq!((parameters.addr(), module), (0x0DD, ndis_handle(OBJECT)));
        Ok(Context::new(Object)?)
    }
    // SAFETY: arguments as NDIS passes them; the function does not follow the pointer.
    let entry = || unsafe { attach::entry(ndis_handle(OBJECT), null_mut(), ndis_handle(0x0DD).cast()) };
    assert_eq!(call(entry), (NdisStatus::SUCCESS, vec![]));
    let Called::SetAttributes { module, context, .. } = calls()[0] else { panic!() };
    assert_eq!(module, ndis_handle(OBJECT));
    // SAFETY: NDIS has the context, and gives it back.
    drop(unsafe { Context::<Object>::from_raw(context) });
}

/// A plain handle is no context: nothing is behind it.
#[test]
fn a_plain_handle_is_not_lent() {
    #[ndis_callback(PROTOCOL_CO_DELETE_VC)]
    fn delete(_vc: &Opaque) -> Result<(), NdisStatus> {
        unreachable!()
    }
    // SAFETY: the handle is one that NDIS got as a plain one.
    let deleted = call(|| unsafe { delete::entry(ndis_handle(0x5C0)) });
    assert_eq!(deleted, (NdisStatus::NOT_ACCEPTED, vec![BreachKind::ForeignContext]));
}

/// An `Initialized` of another type says nothing of this call's context.
#[test]
fn what_another_call_initialized_is_no_answer() {
    struct Other;
    thread_local!(static OTHERS: Cell<Option<Initialized<Other>>> = const { Cell::new(None) });
    #[ndis_callback(MINIPORT_INITIALIZE)]
    fn initialize(_driver: Option<&Object>, init: MiniportInit<'_>) -> Result<Initialized<Other>, NdisStatus> {
        let attributes = RegistrationAttributes::default();
        if let Some(others) = OTHERS.take() {
            let _own = init.register(Context::new(Tracked::new(0))?, attributes)?;
            return Ok(others);
        }
        OTHERS.set(Some(init.register(Context::new(Other)?, attributes)?));
        Err(NdisStatus::RESOURCES)
    }
    // SAFETY: all zero is a valid structure, but for its header.
    let mut parameters: NDIS_MINIPORT_INIT_PARAMETERS = unsafe { std::mem::zeroed() };
    parameters.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS,
        Revision: 1,
        Size: NDIS_SIZEOF_MINIPORT_INIT_PARAMETER_REVISION_1,
    };
    // SAFETY: parameters as NDIS passes them; the driver has no context.
    let mut entry = || unsafe { initialize::entry(ndis_handle(OBJECT), null_mut(), &raw mut parameters) };
    assert_eq!(call(&mut entry), (NdisStatus::RESOURCES, vec![]));
    assert_eq!((call(&mut entry), live()), ((NdisStatus::FAILURE, vec![BreachKind::NotMade]), 0));
}

#[test]
fn a_raw_boolean_comes_with_its_out_parameters() {
    #[ndis_callback(MINIPORT_ISR)]
    fn isr(interrupt: &Object, queue: PBOOLEAN, processors: PULONG) -> BOOLEAN {
        let Object = interrupt;
        // SAFETY: NDIS passed them; the entry has made them ready.
        unsafe {
            assert_eq!((queue.replace(TRUE), processors.replace(6)), (FALSE, 0));
        }
        2
    }
    let (interrupt, mut queue, mut processors) = (known(Object), 0xA5, 0xA5A5_A5A5);
    // SAFETY: a context and out parameters as NDIS passes them.
    let entry = || unsafe { isr::entry(interrupt.as_raw(), &raw mut queue, &raw mut processors) };
    assert_eq!(unreported(|| at(5, entry)), 2);
    assert_eq!((queue, processors), (TRUE, 6));
}

/// Allocates with a function that writes the handle by itself, or not. Gives back what NDIS finds.
fn allocate_raw(handle: NDIS_HANDLE, status: NDIS_STATUS) -> (NdisStatus, Vec<BreachKind>, NDIS_HANDLE) {
    thread_local!(static MADE: Cell<NDIS_HANDLE> = const { Cell::new(null_mut()) });
    #[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
    fn allocate(provider: &Object, request: PNDIS_SHARED_MEMORY_PARAMETERS, made: PNDIS_HANDLE) -> NDIS_STATUS {
        let Object = provider;
        assert_eq!(request.addr(), 0x0DD);
        // SAFETY: NDIS passed the out parameter; the entry has made it NULL.
        assert!(unsafe { made.replace(MADE.get()) }.is_null());
        RETURNS.get()
    }
    MADE.set(handle);
    RETURNS.set(status);
    let (provider, mut made) = (known(Object), ndis_handle(0xA5A5));
    // SAFETY: a context and an out parameter as NDIS passes them; the function does not follow the other pointer.
    let entry = || unsafe { allocate::entry(provider.as_raw(), ndis_handle(0x0DD).cast(), &raw mut made) };
    let (status, breaches) = call(entry);
    (status, breaches, made)
}

#[test]
fn a_raw_function_makes_what_it_claims() {
    let made = ndis_handle(0xB10C);
    assert_eq!(allocate_raw(made, NDIS_STATUS_SUCCESS), (NdisStatus::SUCCESS, vec![], made));
    assert_eq!(allocate_raw(null_mut(), NDIS_STATUS_RESOURCES), (NdisStatus::RESOURCES, vec![], null_mut()));
    let claimed = (NdisStatus::FAILURE, vec![BreachKind::NotMade], null_mut());
    assert_eq!(allocate_raw(null_mut(), NDIS_STATUS_SUCCESS), claimed);
}

/// A context ends with the success that NDIS gets, however the function says it.
#[test]
fn a_raw_success_ends_what_ends_with_it() {
    #[ndis_callback(PROTOCOL_CO_DELETE_VC)]
    fn delete(_vc: &Tracked) -> NDIS_STATUS {
        assert_eq!(live(), 1);
        RETURNS.get()
    }
    #[ndis_callback(PROTOCOL_CM_CLOSE_AF)]
    fn close(_family: &Tracked, close: CmCloseAf<'_>) -> NDIS_STATUS {
        drop(close.pend());
        assert_eq!(live(), 1);
        RETURNS.get()
    }
    let vc = known(Tracked::new(0)).into_raw();
    RETURNS.set(NDIS_STATUS_NOT_ACCEPTED);
    // SAFETY: a context as NDIS passes it, which is not used any more after success.
    let entry = || unsafe { delete::entry(vc) };
    assert_eq!((call(entry), live()), ((NdisStatus::NOT_ACCEPTED, vec![]), 1));
    RETURNS.set(NDIS_STATUS_SUCCESS);
    assert_eq!((call(entry), live()), ((NdisStatus::SUCCESS, vec![]), 0));
    let family = known(Tracked::new(0)).into_raw();
    // SAFETY: as above.
    let closed = call(|| unsafe { close::entry(family) });
    assert_eq!((closed, live()), ((NdisStatus::PENDING, vec![]), 0));
    assert_eq!(calls(), [Called::CloseFamilyComplete { family: ndis_handle(OBJECT), status: NDIS_STATUS_SUCCESS }]);
}

/// What NDIS was given in a call that fails is dropped, however the function says it.
#[test]
fn a_raw_failure_drops_what_was_registered() {
    #[ndis_callback(MINIPORT_INITIALIZE)]
    fn initialize(_driver: Option<&Object>, init: MiniportInit<'_>) -> NDIS_STATUS {
        let adapter = Context::new(Tracked::new(0)).unwrap();
        let _initialized = init.register(adapter, RegistrationAttributes::default()).unwrap();
        RETURNS.get()
    }
    // SAFETY: all zero is a valid structure, but for its header.
    let mut parameters: NDIS_MINIPORT_INIT_PARAMETERS = unsafe { std::mem::zeroed() };
    parameters.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_MINIPORT_INIT_PARAMETERS,
        Revision: 1,
        Size: NDIS_SIZEOF_MINIPORT_INIT_PARAMETER_REVISION_1,
    };
    for (status, kept) in [(NDIS_STATUS_RESOURCES, 0), (NDIS_STATUS_SUCCESS, 1)] {
        RETURNS.set(status);
        // SAFETY: parameters as NDIS passes them; the driver has no context.
        let entry = || unsafe { initialize::entry(ndis_handle(OBJECT), null_mut(), &raw mut parameters) };
        assert_eq!((call(entry), live()), ((NdisStatus::from_raw(status), vec![]), kept));
        let Called::SetMiniportAttributes { adapter, context } = calls()[0] else { panic!() };
        assert_eq!(adapter, ndis_handle(OBJECT));
        if kept == 1 {
            // SAFETY: NDIS has the context, and gives it back.
            drop(unsafe { Context::<Tracked>::from_raw(context) });
        }
    }
    assert_eq!(live(), 0);
}
