//! Requests that are answered now or later, chains of sends, and the contexts that attaching makes and detaching ends:
//! what the function did with them decides, everything is completed exactly once, and nothing is leaked.
#![cfg(feature = "std")]

mod common;

use std::cell::{Cell, RefCell};
use std::ptr::null_mut;

use common::lists::Lists;
use common::ndis_functions::{Called, answer, calls};
use common::{
    Tracked, at, bugcheck_line, child_task, expected_panic, kinds, live, ndis_handle, quietly, stopped, unreported,
};
use ndis::callback::{FILTER_PAUSE, MINIPORT_OID_REQUEST};
use ndis::irql::{Irql, IrqlRange, set_simulated};
use ndis::prelude::*;
use ndis::sys::*;
use ndis::*;

const ADAPTER: usize = 0xADA0;
const MODULE: usize = 0xF11;

type Object = Tracked;

thread_local! {
    static OID: Cell<Option<OnOid>> = const { Cell::new(None) };
    static PAUSE: Cell<Option<OnPause>> = const { Cell::new(None) };
    static SEND: Cell<Option<OnSend>> = const { Cell::new(None) };
    static ATTACH: Cell<Option<OnAttach>> = const { Cell::new(None) };
    static RETIRE: Cell<Option<fn(&Object)>> = const { Cell::new(None) };
    static HALT_ACTION: Cell<Option<HaltAction>> = const { Cell::new(None) };
    static KEPT: RefCell<Vec<Pending<MINIPORT_OID_REQUEST>>> = const { RefCell::new(Vec::new()) };
    static KEPT_PAUSE: RefCell<Vec<Pending<FILTER_PAUSE>>> = const { RefCell::new(Vec::new()) };
    static SMUGGLED: Cell<Option<Answered>> = const { Cell::new(None) };
}

type OnOid = fn(MiniportOidRequest<'_>) -> Result<Answered, NdisStatus>;
type OnPause = fn(FilterPause<'_>) -> Answered;
type OnSend = fn(Chain<MiniportSend>);
type OnAttach = fn() -> Result<Context<Object>, NdisStatus>;

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request(_adapter: &Object, request: MiniportOidRequest<'_>) -> Result<Answered, NdisStatus> {
    OID.get().unwrap()(request)
}

#[ndis_callback(MINIPORT_OID_REQUEST, on_panic = "fatal")]
fn fatal_oid_request(_adapter: &Object, request: MiniportOidRequest<'_>) -> Result<Answered, NdisStatus> {
    OID.get().unwrap()(request)
}

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Object, pause: FilterPause<'_>) -> Answered {
    PAUSE.get().unwrap()(pause)
}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
fn send(_adapter: &Object, chain: Chain<MiniportSend>) {
    SEND.get().unwrap()(chain)
}

#[ndis_callback(FILTER_ATTACH)]
fn attach(_driver: Option<&Object>, attach: FilterAttach<'_>) -> Result<Context<Object>, NdisStatus> {
    assert_eq!(attach.as_raw(), ndis_handle(MODULE));
    ATTACH.get().unwrap()()
}

#[ndis_callback(FILTER_DETACH)]
fn detach(module: &Object) {
    RETIRE.get().unwrap()(module)
}

#[ndis_callback(MINIPORT_HALT)]
fn halt(adapter: &Object, action: HaltAction) {
    HALT_ACTION.set(Some(action));
    RETIRE.get().unwrap()(adapter)
}

#[ndis_callback(MINIPORT_CANCEL_SEND)]
fn poison(_adapter: &Object, _id: CancelId) {
    expected_panic()
}

/// The context of an adapter, known to NDIS.
fn adapter() -> Context<Object> {
    let adapter = Context::new(Tracked::new(0)).unwrap();
    // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
    unsafe { adapter.set_ndis_handle(ndis_handle(ADAPTER)) };
    adapter
}

fn poisoned_adapter() -> Context<Object> {
    let adapter = adapter();
    // SAFETY: the context is one of the function's type.
    let ((), breaches) = kinds(|| unsafe { poison::entry(adapter.as_raw(), null_mut()) });
    assert_eq!(breaches, [BreachKind::Panicked]);
    assert!(adapter.is_poisoned());
    adapter
}

fn query() -> NDIS_OID_REQUEST {
    // SAFETY: all zero is a valid request: a query of object 0.
    let mut request: NDIS_OID_REQUEST = unsafe { std::mem::zeroed() };
    request.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_OID_REQUEST,
        Revision: 1,
        Size: NDIS_SIZEOF_OID_REQUEST_REVISION_1,
    };
    request
}

/// What came of an OID request.
#[derive(PartialEq, Debug)]
struct Answer {
    status: NdisStatus,
    breaches: Vec<BreachKind>,
    completions: Vec<NdisStatus>,
}

impl Answer {
    fn new(status: NdisStatus, breaches: &[BreachKind], completions: &[NdisStatus]) -> Answer {
        Answer { status, breaches: breaches.into(), completions: completions.into() }
    }
}

/// The statuses with which NDIS's own request was completed.
fn completions(request: &mut NDIS_OID_REQUEST) -> Vec<NdisStatus> {
    let request = &raw mut *request;
    let status = |call| match call {
        Called::OidComplete { adapter, request: completed, status } => {
            assert_eq!((adapter, completed), (ndis_handle(ADAPTER), request));
            NdisStatus::from_raw(status)
        }
        other => panic!("{other:?}"),
    };
    calls().into_iter().map(status).collect()
}

fn ask(on_oid: OnOid) -> Answer {
    ask_for(on_oid, &mut query())
}

fn ask_for(on_oid: OnOid, request: &mut NDIS_OID_REQUEST) -> Answer {
    OID.set(Some(on_oid));
    let adapter = adapter();
    // SAFETY: a request and a context as NDIS passes them.
    let (status, breaches) = kinds(|| at(0, || unsafe { oid_request::entry(adapter.as_raw(), &raw mut *request) }));
    Answer { status: NdisStatus::from_raw(status), breaches, completions: completions(request) }
}

const IRQL_CHANGED: BreachKind = BreachKind::IrqlChanged { entry: Irql::PASSIVE, exit: Irql::APC };

#[test]
fn an_answer_at_once_is_not_completed_again() {
    assert_eq!(ask(|request| Ok(request.done())), Answer::new(NdisStatus::SUCCESS, &[], &[]));
    assert_eq!(ask(|_| Err(NdisStatus::INVALID_OID)), Answer::new(NdisStatus::INVALID_OID, &[], &[]));
}

/// The token outlives the call and completes when it likes, with what it likes.
#[test]
fn a_pended_request_is_completed_by_its_token() {
    for (result, status) in [
        (Ok(()), NdisStatus::SUCCESS),
        (Err(NdisStatus::NOT_SUPPORTED), NdisStatus::NOT_SUPPORTED),
        (Err(NdisStatus::PENDING), NdisStatus::FAILURE),
        (Err(NdisStatus::SUCCESS), NdisStatus::FAILURE),
    ] {
        let mut request = query();
        let keep: OnOid = |request| {
            let (token, answered) = request.pend();
            KEPT.with_borrow_mut(|kept| kept.push(token));
            Ok(answered)
        };
        assert_eq!(ask_for(keep, &mut request), Answer::new(NdisStatus::PENDING, &[], &[]));
        let token = KEPT.take().pop().unwrap();
        match result {
            Ok(()) => token.complete(),
            Err(error) => token.fail(error),
        }
        assert_eq!(completions(&mut request), [status]);
    }
}

#[test]
fn a_token_completes_before_the_call_returned_too() {
    let at_once: OnOid = |request| {
        let (token, answered) = request.pend();
        token.complete();
        Ok(answered)
    };
    assert_eq!(ask(at_once), Answer::new(NdisStatus::PENDING, &[], &[NdisStatus::SUCCESS]));
}

#[test]
fn a_token_completes_on_another_thread() {
    let mut request = query();
    let keep: OnOid = |request| {
        let (token, answered) = request.pend();
        KEPT.with_borrow_mut(|kept| kept.push(token));
        Ok(answered)
    };
    ask_for(keep, &mut request);
    let token = KEPT.take().pop().unwrap();
    let completed = std::thread::spawn(move || {
        drop(token);
        calls().len()
    });
    assert_eq!(completed.join().unwrap(), 1);
}

#[test]
fn a_dropped_token_completes_with_failure_exactly_once() {
    let dropped: OnOid = |request| Ok(request.pend().1);
    assert_eq!(ask(dropped), Answer::new(NdisStatus::PENDING, &[], &[NdisStatus::REQUEST_ABORTED]));
}

/// Once `pend` ran, the entry returns PENDING whatever happens after.
#[test]
fn nothing_after_pend_changes_the_answer() {
    let pending = |breaches: &[BreachKind]| Answer::new(NdisStatus::PENDING, breaches, &[NdisStatus::REQUEST_ABORTED]);
    let an_error: OnOid = |request| {
        let _pended = request.pend();
        Err(NdisStatus::INVALID_DATA)
    };
    assert_eq!(ask(an_error), pending(&[]));
    let an_error_that_is_none: OnOid = |request| {
        let _pended = request.pend();
        Err(NdisStatus::SUCCESS)
    };
    assert_eq!(ask(an_error_that_is_none), pending(&[]));
    let a_panic: OnOid = |request| {
        let _pended = request.pend();
        expected_panic()
    };
    assert_eq!(ask(a_panic), pending(&[BreachKind::Panicked]));
    let another_level: OnOid = |request| {
        let (_, answered) = request.pend();
        set_simulated(Irql::APC);
        Ok(answered)
    };
    assert_eq!(ask(another_level), pending(&[IRQL_CHANGED]));
    let a_panic_at_another_level: OnOid = |request| {
        let _pended = request.pend();
        set_simulated(Irql::APC);
        expected_panic()
    };
    assert_eq!(ask(a_panic_at_another_level), pending(&[BreachKind::Panicked, IRQL_CHANGED]));
    assert_eq!(live(), 0);
}

/// Between the call and the completion the machine may still be stopped, where the author asked for it.
#[test]
fn fatal_panics_stop_after_pend_too() {
    if child_task().is_some() {
        OID.set(Some(|request| {
            let _pended = request.pend();
            expected_panic()
        }));
        // SAFETY: a request and a context as NDIS passes them.
        quietly(|| unsafe { fatal_oid_request::entry(adapter().into_raw(), &mut query()) });
        unreachable!();
    }
    let Some(printed) = stopped("fatal_panics_stop_after_pend_too", "pend, then panic") else { return };
    assert!(printed.contains(&bugcheck_line("MINIPORT_OID_REQUEST", BreachKind::Panicked)), "{printed}");
}

#[test]
fn an_error_after_done_is_the_answer() {
    let done_then_error: OnOid = |request| {
        let _ = request.done();
        Err(NdisStatus::INVALID_DATA)
    };
    assert_eq!(ask(done_then_error), Answer::new(NdisStatus::INVALID_DATA, &[], &[]));
}

#[test]
fn a_status_that_is_no_error_is_refused() {
    for status in [NdisStatus::PENDING, NdisStatus::SUCCESS] {
        let returned: OnOid = match status {
            NdisStatus::PENDING => |_| Err(NdisStatus::PENDING),
            _ => |_| Err(NdisStatus::SUCCESS),
        };
        let illegal = BreachKind::IllegalStatus(status);
        assert_eq!(ask(returned), Answer::new(NdisStatus::NOT_ACCEPTED, &[illegal], &[]));
    }
}

/// An `Answered` says nothing of another call, whether that one was done or pended.
#[test]
fn an_answer_smuggled_from_another_call_is_none() {
    let (done, pended): (OnOid, OnOid) = (
        |request| {
            SMUGGLED.set(Some(request.done()));
            Err(NdisStatus::INVALID_DATA)
        },
        |request| {
            let (token, answered) = request.pend();
            SMUGGLED.set(Some(answered));
            drop(token);
            Err(NdisStatus::INVALID_DATA)
        },
    );
    let lie: OnOid = |_| Ok(SMUGGLED.take().unwrap());
    for source in [done, pended] {
        ask(source);
        assert_eq!(ask(lie), Answer::new(NdisStatus::NOT_ACCEPTED, &[BreachKind::NotAnswered], &[]));
    }
    // And of this call it is what happened that counts, not whose `Answered` it is.
    ask(done);
    let pend_and_lie: OnOid = |request| {
        drop(request.pend());
        Ok(SMUGGLED.take().unwrap())
    };
    assert_eq!(ask(pend_and_lie), Answer::new(NdisStatus::PENDING, &[], &[NdisStatus::REQUEST_ABORTED]));
}

#[test]
fn a_forgotten_request_is_not_answered() {
    ask(|request| {
        SMUGGLED.set(Some(request.done()));
        Err(NdisStatus::INVALID_DATA)
    });
    let forget: OnOid = |request| {
        std::mem::forget(request);
        Ok(SMUGGLED.take().unwrap())
    };
    assert_eq!(ask(forget), Answer::new(NdisStatus::NOT_ACCEPTED, &[BreachKind::NotAnswered], &[]));
}

/// A hand-written error cannot make a completion leave out the request: not by panicking, not by lying the second time.
#[test]
fn completing_with_a_hostile_error_still_completes_once() {
    #[derive(Default)]
    struct Hostile {
        asked: Cell<bool>,
        panics: bool,
    }
    impl NdisError for Hostile {
        const STATUSES: &'static [NdisStatus] = &[NdisStatus::INVALID_DATA, NdisStatus::PENDING];
        fn status_index(&self) -> StatusIndex<Self> {
            if self.panics {
                expected_panic();
            }
            if self.asked.replace(true) { StatusIndex::of::<1>() } else { StatusIndex::of::<0>() }
        }
    }
    let panics: OnOid = |request| {
        let (token, answered) = request.pend();
        token.fail(Hostile { panics: true, ..Hostile::default() });
        Ok(answered)
    };
    let aborted = [NdisStatus::REQUEST_ABORTED];
    assert_eq!(ask(panics), Answer::new(NdisStatus::PENDING, &[BreachKind::Panicked], &aborted));
    let lies: OnOid = |request| {
        let (token, answered) = request.pend();
        token.fail(Hostile::default());
        Ok(answered)
    };
    assert_eq!(ask(lies), Answer::new(NdisStatus::PENDING, &[], &[NdisStatus::INVALID_DATA]));
}

#[test]
fn kinds_of_requests() {
    for (raw, kind) in [
        (0, OidKind::Query),
        (1, OidKind::Set),
        (2, OidKind::Query),
        (12, OidKind::Method),
        (3, OidKind::Unknown(3)),
        (-1, OidKind::Unknown(-1)),
    ] {
        thread_local!(static KIND: Cell<Option<OidKind>> = const { Cell::new(None) });
        let mut request = query();
        request.RequestType = raw;
        let look: OnOid = |request| {
            KIND.set(Some(request.kind()));
            Ok(request.done())
        };
        ask_for(look, &mut request);
        assert_eq!(KIND.get(), Some(kind));
    }
}

fn pause_parameters() -> NDIS_FILTER_PAUSE_PARAMETERS {
    let header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS,
        Revision: 1,
        Size: NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1,
    };
    NDIS_FILTER_PAUSE_PARAMETERS { Header: header, Flags: 0, PauseReason: 0x11 }
}

/// Pauses a module; gives back the status, the breaches and how often NDIS was told that the pause is complete.
fn pause_module(module: NDIS_HANDLE, on_pause: OnPause) -> (NdisStatus, Vec<BreachKind>, usize) {
    PAUSE.set(Some(on_pause));
    // SAFETY: parameters and a context as NDIS passes them.
    let (status, breaches) = kinds(|| at(0, || unsafe { pause::entry(module, &mut pause_parameters()) }));
    (NdisStatus::from_raw(status), breaches, pause_completions())
}

fn pause_completions() -> usize {
    let calls = calls();
    assert!(calls.iter().all(|call| *call == Called::PauseComplete { module: ndis_handle(MODULE) }), "{calls:?}");
    calls.len()
}

/// A module's context, made by attaching; the NDIS handle was stored in it.
fn attached() -> NDIS_HANDLE {
    let attached = attach_module(|| Ok(Context::new(Tracked::new(2)).unwrap()));
    assert_eq!((attached.status, &*attached.breaches), (NdisStatus::SUCCESS, &[][..]));
    attached.context.unwrap()
}

fn detach_module(module: NDIS_HANDLE) {
    RETIRE.set(Some(|_| {}));
    // SAFETY: the context came from attaching, and is not used any more.
    unreported(|| unsafe { detach::entry(module) });
}

#[test]
fn a_pause_is_done_pended_or_dropped() {
    let module = attached();
    let once = |on_pause: OnPause| pause_module(module, on_pause);
    assert_eq!(once(|pause| pause.done()), (NdisStatus::SUCCESS, vec![], 0));
    let pended: OnPause = |pause| {
        let (token, answered) = pause.pend();
        KEPT_PAUSE.with_borrow_mut(|kept| kept.push(token));
        answered
    };
    assert_eq!(once(pended), (NdisStatus::PENDING, vec![], 0));
    KEPT_PAUSE.take().pop().unwrap().complete();
    assert_eq!(pause_completions(), 1);
    assert_eq!(once(|pause| pause.pend().1), (NdisStatus::PENDING, vec![], 1));
    let dropped: OnPause = |pause| {
        SMUGGLED.set(Some(pause.pend().1));
        SMUGGLED.take().unwrap()
    };
    assert_eq!(once(dropped), (NdisStatus::PENDING, vec![], 1));
    // A dropped pause counts as done: another call's `Answered` is then as good as its own.
    ask(|request| {
        SMUGGLED.set(Some(request.done()));
        Err(NdisStatus::INVALID_DATA)
    });
    let smuggled: OnPause = |pause| {
        drop(pause);
        SMUGGLED.take().unwrap()
    };
    assert_eq!(once(smuggled), (NdisStatus::SUCCESS, vec![], 0));
    detach_module(module);
    assert_eq!(live(), 0);
}

/// Pause cannot fail, and after `pend` it did not: the token completes it.
#[test]
fn nothing_after_pend_stops_the_machine() {
    let module = attached();
    let a_panic: OnPause = |pause| {
        let _pended = pause.pend();
        expected_panic()
    };
    assert_eq!(pause_module(module, a_panic), (NdisStatus::PENDING, vec![BreachKind::Panicked], 1));
    let another_level: OnPause = |pause| {
        let (_, answered) = pause.pend();
        set_simulated(Irql::APC);
        answered
    };
    assert_eq!(pause_module(module, another_level), (NdisStatus::PENDING, vec![IRQL_CHANGED], 1));
    detach_module(module);
    assert_eq!(live(), 0);
}

/// Sends the lists; gives back the breaches and with what each list was completed, in order of completion.
fn send_lists(lists: &Lists, adapter: NDIS_HANDLE, call: Call) -> (Vec<BreachKind>, Vec<(usize, NdisStatus)>) {
    SEND.set(Some(call.on_send));
    // SAFETY: a context and lists as NDIS passes them, but for what the entry must notice.
    let ((), breaches) = kinds(|| at(call.level, || unsafe { send::entry(adapter, lists.first(), 0, call.flags) }));
    let completion = |completed| match completed {
        Called::SendComplete { adapter, list, status, flags } => {
            let at_dispatch = u32::from(call.level == 2) * NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
            assert_eq!((adapter, flags), (ndis_handle(ADAPTER), at_dispatch));
            (lists.place(list), NdisStatus::from_raw(status))
        }
        other => panic!("{other:?}"),
    };
    (breaches, calls().into_iter().map(completion).collect())
}

/// How NDIS calls, and what the function does.
#[derive(Clone, Copy)]
struct Call {
    on_send: OnSend,
    flags: u32,
    level: u8,
}

const AT_PASSIVE: Call = Call { on_send: |chain| chain.complete(NdisStatus::SUCCESS), flags: 0, level: 0 };

fn all(length: usize, status: NdisStatus) -> Vec<(usize, NdisStatus)> {
    (0..length).map(|place| (place, status)).collect()
}

#[test]
fn a_chain_is_completed_with_the_given_status() {
    let adapter = adapter();
    for length in [1, 2, 5] {
        let lists = Lists::new(length);
        assert_eq!(send_lists(&lists, adapter.as_raw(), AT_PASSIVE), (vec![], all(length, NdisStatus::SUCCESS)));
    }
    let lists = Lists::new(2);
    let paused = Call { on_send: |chain| chain.complete(NdisStatus::PAUSED), ..AT_PASSIVE };
    assert_eq!(send_lists(&lists, adapter.as_raw(), paused), (vec![], all(2, NdisStatus::PAUSED)));
}

/// The completion's flags say DISPATCH_LEVEL only where it is completed there.
#[test]
fn a_clear_dispatch_flag_says_nothing_of_the_level() {
    let adapter = adapter();
    let lists = Lists::new(2);
    for (flags, level) in [(0, 0), (0, 1), (0, 2), (NDIS_SEND_FLAGS_DISPATCH_LEVEL, 2)] {
        let call = Call { flags, level, ..AT_PASSIVE };
        assert_eq!(
            send_lists(&lists, adapter.as_raw(), call),
            (vec![], all(2, NdisStatus::SUCCESS)),
            "{flags} at {level}"
        );
    }
}

#[test]
fn refused_sends_complete_the_whole_chain_once() {
    let (lists, failed) = (Lists::new(3), all(3, NdisStatus::FAILURE));
    let poisoned = poisoned_adapter();
    assert_eq!(send_lists(&lists, poisoned.as_raw(), AT_PASSIVE), (vec![BreachKind::Poisoned], failed.clone()));
    let contradiction = Call { flags: NDIS_SEND_FLAGS_DISPATCH_LEVEL, ..AT_PASSIVE };
    let legal = IrqlRange { min: Irql::DISPATCH, max: Irql::DISPATCH };
    let wrong = BreachKind::Irql { legal, found: Irql::PASSIVE };
    assert_eq!(send_lists(&lists, adapter().as_raw(), contradiction), (vec![wrong], failed));
}

/// NDIS's handle is in the context: without one the lists cannot be given back, and that is said.
#[test]
fn a_chain_without_a_way_back_is_reported() {
    let lists = Lists::new(3);
    let lost = |first| (vec![first, BreachKind::NoNdisHandle], vec![]);
    assert_eq!(send_lists(&lists, null_mut(), AT_PASSIVE), lost(BreachKind::NullContext));
    let foreign = Context::new(0_u8).unwrap();
    assert_eq!(send_lists(&lists, foreign.as_raw(), AT_PASSIVE), lost(BreachKind::ForeignContext));
    let unknown = Context::new(Tracked::new(0)).unwrap();
    assert_eq!(send_lists(&lists, unknown.as_raw(), AT_PASSIVE), lost(BreachKind::NoNdisHandle));
}

#[test]
fn a_panic_completes_the_chain_exactly_once() {
    for (on_send, completed) in [
        ((|_| expected_panic()) as OnSend, all(3, NdisStatus::FAILURE)),
        (
            |chain| {
                chain.complete(NdisStatus::SUCCESS);
                expected_panic()
            },
            all(3, NdisStatus::SUCCESS),
        ),
        (
            |mut chain| {
                chain.pop_first().unwrap().complete(NdisStatus::SUCCESS);
                expected_panic()
            },
            vec![(0, NdisStatus::SUCCESS), (1, NdisStatus::FAILURE), (2, NdisStatus::FAILURE)],
        ),
    ] {
        let (lists, adapter) = (Lists::new(3), adapter());
        let call = Call { on_send, ..AT_PASSIVE };
        assert_eq!(send_lists(&lists, adapter.as_raw(), call), (vec![BreachKind::Panicked], completed));
        assert!(adapter.is_poisoned());
    }
}

#[test]
fn a_dropped_chain_is_completed_with_failure() {
    let (lists, adapter) = (Lists::new(2), adapter());
    let dropped = Call { on_send: drop, ..AT_PASSIVE };
    assert_eq!(send_lists(&lists, adapter.as_raw(), dropped), (vec![], all(2, NdisStatus::FAILURE)));
}

/// A forgotten chain is the driver's loss, also when the call is refused afterwards: the entry cannot know what became
/// of it.
#[test]
fn a_forgotten_chain_is_not_completed_by_the_entry() {
    let (lists, adapter) = (Lists::new(2), adapter());
    let forgotten = |chain| {
        std::mem::forget(chain);
        expected_panic()
    };
    let call = Call { on_send: forgotten, ..AT_PASSIVE };
    assert_eq!(send_lists(&lists, adapter.as_raw(), call), (vec![BreachKind::Panicked], vec![]));
}

#[test]
fn a_chain_is_taken_apart_from_its_first_list() {
    let (lists, adapter) = (Lists::new(3), adapter());
    let one_by_one = |mut chain: Chain<MiniportSend>| {
        assert_eq!(chain.count(), 3);
        let [first, second, mut third] = [(); 3].map(|()| chain.pop_first().unwrap());
        assert!(chain.is_empty() && chain.pop_first().is_none());
        assert_eq!([&first, &second, &third].map(Chain::count), [1; 3]);
        assert!(!third.is_empty());
        let all_of_it = third.pop_first().unwrap();
        assert!(third.is_empty() && third.pop_first().is_none());
        all_of_it.complete(NdisStatus::SUCCESS);
        first.complete(NdisStatus::PAUSED);
    };
    let call = Call { on_send: one_by_one, ..AT_PASSIVE };
    let completed = vec![(2, NdisStatus::SUCCESS), (0, NdisStatus::PAUSED), (1, NdisStatus::FAILURE)];
    assert_eq!(send_lists(&lists, adapter.as_raw(), call), (vec![], completed));
}

#[test]
fn a_chain_is_completed_on_another_thread() {
    thread_local!(static KEPT: Cell<Option<Chain<MiniportSend>>> = const { Cell::new(None) });
    let (lists, adapter) = (Lists::new(3), adapter());
    let kept = Call { on_send: |chain| KEPT.set(Some(chain)), ..AT_PASSIVE };
    assert_eq!(send_lists(&lists, adapter.as_raw(), kept), (vec![], vec![]));
    let chain = KEPT.take().unwrap();
    let completed = std::thread::spawn(move || {
        chain.complete(NdisStatus::SUCCESS);
        calls().len()
    });
    assert_eq!(completed.join().unwrap(), 3);
    assert_eq!(lists.statuses(), [0; 3]);
}

/// What came of attaching.
struct Attached {
    status: NdisStatus,
    breaches: Vec<BreachKind>,
    /// The context that NDIS was told.
    context: Option<NDIS_HANDLE>,
}

fn attach_module(on_attach: OnAttach) -> Attached {
    ATTACH.set(Some(on_attach));
    // SAFETY: all zero is a valid structure, but for its header.
    let mut parameters: NDIS_FILTER_ATTACH_PARAMETERS = unsafe { std::mem::zeroed() };
    parameters.Header = NDIS_OBJECT_HEADER {
        Type: NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS,
        Revision: 1,
        Size: NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1,
    };
    // SAFETY: parameters as NDIS passes them; the driver's context may be NULL.
    let call = || at(0, || unsafe { attach::entry(ndis_handle(MODULE), null_mut(), &raw mut parameters) });
    let (status, breaches) = kinds(call);
    let context = match *calls() {
        [] => None,
        [Called::SetAttributes { context, .. }] => Some(context),
        ref other => panic!("{other:?}"),
    };
    Attached { status: NdisStatus::from_raw(status), breaches, context }
}

#[test]
fn an_attached_module_keeps_its_context() {
    let module = attached();
    assert_eq!(live(), 1);
    // SAFETY: the context came from attaching; looked at, and given up again.
    let context = unsafe { Context::<Object>::from_raw(module) };
    assert_eq!((context.0, context.is_poisoned()), (2, false));
    // The NDIS handle was stored: a pause that is pended can be completed.
    assert_eq!(pause_module(context.into_raw(), |pause| pause.pend().1), (NdisStatus::PENDING, vec![], 1));
    detach_module(module);
    assert_eq!(live(), 0);
}

#[test]
fn an_attach_that_ndis_refuses_drops_the_context() {
    answer(NdisStatus::RESOURCES.as_raw());
    let refused = attach_module(|| Ok(Context::new(Tracked::new(2)).unwrap()));
    answer(0);
    assert_eq!((refused.status, &*refused.breaches), (NdisStatus::RESOURCES, &[][..]));
    assert!(refused.context.is_some());
    assert_eq!(live(), 0);
}

#[test]
fn an_attach_that_fails_tells_ndis_of_no_context() {
    let failed = attach_module(|| Err(NdisStatus::RESOURCES));
    assert_eq!((failed.status, &*failed.breaches, failed.context), (NdisStatus::RESOURCES, &[][..], None));
    let panicked = attach_module(|| {
        let _context = Context::new(Tracked::new(2)).unwrap();
        expected_panic()
    });
    assert_eq!(panicked.status, NdisStatus::FAILURE);
    assert_eq!((&*panicked.breaches, panicked.context), (&[BreachKind::Panicked][..], None));
    let at_another_level = attach_module(|| {
        set_simulated(Irql::APC);
        Ok(Context::new(Tracked::new(2)).unwrap())
    });
    assert_eq!(at_another_level.status, NdisStatus::FAILURE);
    assert_eq!((&*at_another_level.breaches, at_another_level.context), (&[IRQL_CHANGED][..], None));
    assert_eq!(live(), 0);
}

/// The function still has its context when it ends; afterwards it is dropped, once.
#[test]
fn a_retired_context_is_dropped_after_the_function() {
    thread_local!(static SEEN: Cell<isize> = const { Cell::new(0) });
    // SAFETY: the test passes a context of the function's type, which ends with the call.
    let by_detaching: fn(NDIS_HANDLE) = |context| unsafe { detach::entry(context) };
    // SAFETY: as above.
    let by_halting: fn(NDIS_HANDLE) = |context| unsafe { halt::entry(context, NdisHaltDeviceStopped) };
    for retire in [by_detaching, by_halting] {
        for context in [adapter(), poisoned_adapter()] {
            RETIRE.set(Some(|object| {
                assert_eq!(object.0, 0);
                SEEN.set(live());
            }));
            let before = live();
            unreported(|| retire(context.into_raw()));
            assert_eq!((SEEN.get(), live()), (before, before - 1));
        }
    }
    assert_eq!(live(), 0);
}

/// A context whose drop panics leaves nothing that could be answered.
#[test]
fn a_retired_context_that_panics_on_drop_stops_the_machine() {
    struct Bombs(common::Bomb);
    #[ndis_callback(FILTER_DETACH)]
    fn detach_bomb(module: &Bombs) {
        let _ = &module.0;
    }
    if child_task().is_some() {
        let context = Context::new(Bombs(common::Bomb)).unwrap().into_raw();
        // SAFETY: the context is one of the function's type.
        quietly(|| unsafe { detach_bomb::entry(context) });
        unreachable!();
    }
    let test = "a_retired_context_that_panics_on_drop_stops_the_machine";
    let Some(printed) = stopped(test, "detach") else { return };
    assert!(printed.contains(&bugcheck_line("FILTER_DETACH", BreachKind::Panicked)), "{printed}");
}

/// An interrupt may still borrow the context while the adapter halts.
#[test]
fn others_may_use_a_retired_context_during_the_call() {
    thread_local!(static RAW: Cell<NDIS_HANDLE> = const { Cell::new(null_mut()) });
    #[ndis_callback(MINIPORT_CANCEL_SEND)]
    fn look(adapter: &Object, _id: CancelId) {
        assert_eq!(adapter.0, 0);
    }
    RAW.set(adapter().into_raw());
    RETIRE.set(Some(|adapter| {
        // SAFETY: the context lives during the call.
        unsafe { look::entry(RAW.get(), null_mut()) };
        assert_eq!(adapter.0, 0);
    }));
    // SAFETY: the context is one of the function's type, and not used afterwards.
    unreported(|| unsafe { halt::entry(RAW.get(), NdisHaltDeviceFailed) });
    assert_eq!(live(), 0);
}

#[test]
fn halt_actions() {
    for (raw, action) in [
        (0, HaltAction::Disabled),
        (1, HaltAction::InstanceDeinitialized),
        (2, HaltAction::PoweredDown),
        (3, HaltAction::SurpriseRemoved),
        (4, HaltAction::Failed),
        (5, HaltAction::InitializationFailed),
        (6, HaltAction::Stopped),
        (7, HaltAction::Unknown(7)),
        (-1, HaltAction::Unknown(-1)),
    ] {
        RETIRE.set(Some(|_| {}));
        // SAFETY: the context is one of the function's type, and not used afterwards.
        unreported(|| unsafe { halt::entry(adapter().into_raw(), raw) });
        assert_eq!(HALT_ACTION.take(), Some(action));
    }
}
