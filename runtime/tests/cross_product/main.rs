//! Every callback of the catalogue in every situation its entry must cope with: what NDIS gets, what is written and
//! what is left alone, what was reported, whether the function ran, and that nothing is leaked or dropped twice.
#![cfg(all(feature = "std", target_pointer_width = "64"))]
#![allow(unreachable_pub)]

#[path = "../common/mod.rs"]
mod common;
mod fixture;
mod table;

use std::ptr::null_mut;

use common::lists::Lists;
use common::memory::Memory;
use common::ndis_functions::{Called, calls};
use common::{at, bugcheck_line, child_task, live, ndis_handle, quietly, record, stopped, unreported};
use fixture::Act;
use ndis::irql::{Irql, IrqlRange};
use ndis::sys::*;
use ndis::{BreachKind, Context, Handle, NdisStatus};
use table::{Answer, Arguments, CALLBACKS, Callback, ContextRole, LIST_BYTES, RESOURCES, Shape};

/// What is special about a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Situation {
    AllIsWell,
    NewerRevision,
    FirstRevisionOnly,
    Error,
    ErrorThatPanicsOnDrop,
    ErrorThatIsNone,
    Panic,
    PanicWithPayloadThatPanicsOnDrop,
    PanicOnPoisonedContext,
    PoisonedContext,
    NullContext,
    MisalignedContext,
    ForeignContext,
    ContextWithoutNdisHandle,
    NullNdisHandle,
    NullObject,
    MisalignedObject,
    ObjectOfAnotherType,
    ObjectTooSmall,
    NullMadeOut,
    MisalignedMadeOut,
    NullBooleanOut,
    NullUlongOut,
    MisalignedUlongOut,
    NullGivenBack,
    MisalignedGivenBack,
    ForeignGivenBack,
    NullChain,
    MisalignedChain,
    IrqlTooHigh,
    IrqlTooLow,
    IrqlChanged,
}
use Situation::*;

/// What must come of a call.
#[derive(PartialEq, Debug)]
struct Expected {
    answer: Answer,
    breaches: Vec<BreachKind>,
    called: bool,
}

impl Expected {
    /// The function did all it had to, and its result was delivered.
    fn is_success(&self) -> bool {
        self.called && self.breaches.is_empty() && self.answer != RESOURCES
    }

    fn panicked(&self) -> bool {
        self.breaches.iter().any(|kind| matches!(kind, BreachKind::Panicked | BreachKind::PanickedTwice))
    }
}

const ADAPTER: usize = 0xADA0;

/// What must come of a call of `callback` in `situation`; `None` if it cannot be in it.
fn expected(callback: &Callback, situation: Situation) -> Option<Expected> {
    let has_context = callback.context != ContextRole::None;
    let minimum = callback.object.map_or(0, |object| object.minimum);
    let object_type = callback.object.map_or(0, |object| object.object_type);
    let is_send = callback.name == "MINIPORT_SEND_NET_BUFFER_LISTS";
    let well = |applies: bool| applies.then_some(Expected { answer: callback.ok, breaches: vec![], called: true });
    let refused = |applies: bool, kind| {
        applies.then_some(Expected { answer: callback.refused, breaches: vec![kind], called: false })
    };
    let went_wrong =
        |applies: bool, answer, kind| applies.then_some(Expected { answer, breaches: vec![kind], called: true });
    let (lowest, highest) = callback.irql;
    let legal = IrqlRange { min: Irql::from_raw(lowest), max: Irql::from_raw(highest) };
    let wrong_level = |applies: bool, level: u8| {
        let kind = BreachKind::Irql { legal, found: Irql::from_raw(level) };
        applies.then(|| Expected { answer: callback.failed, breaches: vec![kind], called: false })
    };
    let mut expected = match situation {
        AllIsWell => well(true),
        NewerRevision | FirstRevisionOnly => well(callback.object.is_some()),
        Error => callback.shape.fails().then_some(Expected { answer: RESOURCES, breaches: vec![], called: true }),
        ErrorThatPanicsOnDrop => went_wrong(callback.shape.fails(), callback.panicked, BreachKind::Panicked),
        ErrorThatIsNone => {
            went_wrong(callback.shape.fails(), callback.failed, BreachKind::IllegalStatus(NdisStatus::SUCCESS))
        }
        Panic | PanicWithPayloadThatPanicsOnDrop => went_wrong(true, callback.panicked, BreachKind::Panicked),
        PanicOnPoisonedContext => {
            went_wrong(has_context && callback.poisoned == Answer::Run, Answer::Fatal, BreachKind::PanickedTwice)
        }
        PoisonedContext if callback.poisoned == Answer::Run => well(has_context),
        PoisonedContext => has_context.then_some(Expected {
            answer: callback.poisoned,
            breaches: vec![BreachKind::Poisoned],
            called: false,
        }),
        NullContext if callback.context == ContextRole::Optional => well(true),
        NullContext => refused(has_context, BreachKind::NullContext),
        MisalignedContext => refused(has_context, BreachKind::MisalignedContext),
        ForeignContext => refused(has_context, BreachKind::ForeignContext),
        ContextWithoutNdisHandle => refused(callback.completes, BreachKind::NoNdisHandle),
        NullNdisHandle => refused(callback.ndis_handle, BreachKind::NullPointer),
        NullObject => refused(callback.object.is_some(), BreachKind::NullPointer),
        MisalignedObject => refused(callback.object.is_some(), BreachKind::MisalignedPointer),
        ObjectOfAnotherType => {
            refused(callback.object.is_some(), BreachKind::ObjectType { expected: object_type, found: 0x42 })
        }
        ObjectTooSmall => {
            refused(callback.object.is_some(), BreachKind::ObjectSize { minimum, found: minimum.wrapping_sub(1) })
        }
        NullMadeOut => refused(callback.shape == Shape::Made, BreachKind::NullPointer),
        MisalignedMadeOut => refused(callback.shape == Shape::Made, BreachKind::MisalignedPointer),
        NullBooleanOut | NullUlongOut => refused(callback.shape == Shape::Interrupt, BreachKind::NullPointer),
        MisalignedUlongOut => refused(callback.shape == Shape::Interrupt, BreachKind::MisalignedPointer),
        NullGivenBack => refused(callback.given_back, BreachKind::NullContext),
        MisalignedGivenBack => refused(callback.given_back, BreachKind::MisalignedContext),
        ForeignGivenBack => refused(callback.given_back, BreachKind::ForeignContext),
        NullChain => refused(is_send, BreachKind::NullPointer),
        MisalignedChain => refused(is_send, BreachKind::MisalignedPointer),
        IrqlTooHigh => wrong_level(true, highest + 1),
        IrqlTooLow => wrong_level(lowest > 0, lowest.wrapping_sub(1)),
        IrqlChanged => {
            let kind = BreachKind::IrqlChanged { entry: Irql::from_raw(lowest), exit: fixture::changed(lowest) };
            went_wrong(true, callback.failed, kind)
        }
    }?;
    // A chain can be given back only through a context that was found good; that it was not is reported, too.
    let is_lost =
        matches!(situation, NullContext | MisalignedContext | ForeignContext | ContextWithoutNdisHandle | IrqlTooHigh);
    if is_send && is_lost {
        expected.breaches.push(BreachKind::NoNdisHandle);
    }
    Some(expected)
}

/// A call that is ready to be made.
struct Stage {
    callback: &'static Callback,
    situation: Situation,
    arguments: Arguments,
    level: u8,
    context: NDIS_HANDLE,
    foreign: Option<Context<u64>>,
    given_back: NDIS_HANDLE,
    object: Memory,
    list: Memory,
    outs: Memory,
    chain: Lists,
}

const MADE: usize = 0;
const ULONG_OUT: usize = 8;
const BOOLEAN_OUT: usize = 12;
const BEFORE: usize = 0x5A5A_5A5A_5A5A_5A5A;

impl Stage {
    fn new(callback: &'static Callback, situation: Situation) -> Stage {
        let context = Context::new(common::Tracked::new(0)).unwrap();
        if situation != ContextWithoutNdisHandle {
            // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
            unsafe { context.set_ndis_handle(ndis_handle(ADAPTER)) };
        }
        let context = context.into_raw();
        let foreign = Context::new(0_u64).unwrap();
        let given_back = match callback.name {
            "FREE_SHARED_MEMORY_HANDLER" => {
                Handle::new(fixture::Block { tracked: common::Tracked::new(1), memory: fixture::Pages })
                    .unwrap()
                    .into_raw()
            }
            _ => Handle::new(common::Tracked::new(1)).unwrap().into_raw(),
        };
        let outs = Memory::guarded(16);
        outs.write(MADE, BEFORE);
        outs.write(ULONG_OUT, BEFORE);
        let chain = Lists::new(3);
        let (object, list) = object(callback, situation);
        let mut arguments = Arguments {
            context,
            ndis_handle: ndis_handle(0xF11),
            object: object.as_ptr(),
            made: outs.as_ptr::<u8>().wrapping_add(MADE).cast(),
            given_back,
            chain: chain.first(),
            boolean: outs.as_ptr::<u8>().wrapping_add(BOOLEAN_OUT),
            ulong: outs.as_ptr::<u8>().wrapping_add(ULONG_OUT).cast(),
        };
        let mut level = callback.irql.0;
        match situation {
            NullContext => arguments.context = null_mut(),
            MisalignedContext => arguments.context = context.wrapping_byte_add(1),
            ForeignContext => arguments.context = foreign.as_raw(),
            NullNdisHandle => arguments.ndis_handle = null_mut(),
            NullObject => arguments.object = null_mut(),
            MisalignedObject => arguments.object = arguments.object.wrapping_byte_add(1),
            NullMadeOut => arguments.made = null_mut(),
            MisalignedMadeOut => arguments.made = arguments.made.wrapping_byte_add(1),
            NullBooleanOut => arguments.boolean = null_mut(),
            NullUlongOut => arguments.ulong = null_mut(),
            MisalignedUlongOut => arguments.ulong = arguments.ulong.wrapping_byte_add(1),
            NullGivenBack => arguments.given_back = null_mut(),
            MisalignedGivenBack => arguments.given_back = arguments.given_back.wrapping_byte_add(1),
            ForeignGivenBack => arguments.given_back = foreign.as_raw(),
            NullChain => arguments.chain = null_mut(),
            MisalignedChain => arguments.chain = arguments.chain.wrapping_byte_add(1),
            IrqlTooHigh => level = callback.irql.1 + 1,
            IrqlTooLow => level = callback.irql.0 - 1,
            PoisonedContext | PanicOnPoisonedContext => poison(context),
            _ => {}
        }
        fixture::act(match situation {
            Error => Act::Err,
            ErrorThatPanicsOnDrop => Act::ErrThatBombs,
            ErrorThatIsNone => Act::ErrThatLies,
            Panic | PanicOnPoisonedContext => Act::Panic,
            PanicWithPayloadThatPanicsOnDrop => Act::PanicWithBomb,
            IrqlChanged => Act::ChangeIrql,
            _ => Act::Ok,
        });
        let foreign = Some(foreign);
        Stage { callback, situation, arguments, level, context, foreign, given_back, object, list, outs, chain }
    }

    fn call(&self) -> Answer {
        // SAFETY: whatever is wrong with the arguments is what the entry must notice.
        at(self.level, || unsafe { (self.callback.call)(&self.arguments) })
    }

    /// Makes the call, which returns, and checks everything about it.
    fn check(mut self, expected: &Expected) {
        let what = format!("{} in {:?}", self.callback.name, self.situation);
        let before = (self.object.bytes(), self.list.bytes());
        fixture::called();
        calls();
        let (answer, breaches) = record(|| self.call());
        assert_eq!(answer, expected.answer, "{what}");
        assert!(breaches.iter().all(|breach| breach.callback == self.callback.name), "{what}: {breaches:?}");
        let kinds: Vec<_> = breaches.into_iter().map(|breach| breach.kind).collect();
        assert_eq!(kinds, expected.breaches, "{what}");
        assert_eq!(fixture::called(), u32::from(expected.called), "{what}: how often the function was called");
        self.check_memory(expected, &before, &what);
        self.check_outs(expected, &what);
        self.check_completions(expected, &what);
        self.take_all_back(expected, &what);
    }

    fn check_memory(&self, expected: &Expected, before: &(Vec<u8>, Vec<u8>), what: &str) {
        if expected.is_success() && self.callback.name == "ALLOCATE_SHARED_MEMORY_HANDLER" {
            self.object.check_guards();
            self.list.check_guards();
            assert_eq!(self.list.read::<u32>(0), 2, "{what}: number of elements");
        } else {
            assert_eq!((self.object.bytes(), self.list.bytes()), *before, "{what}: memory was touched");
        }
    }

    fn check_outs(&self, expected: &Expected, what: &str) {
        self.outs.check_guards();
        let out = |offset, valid: bool| (valid, self.outs.read::<usize>(offset));
        if self.callback.shape == Shape::Made {
            let (valid, made) = out(MADE, !matches!(self.situation, NullMadeOut | MisalignedMadeOut));
            match (valid, expected.is_success()) {
                (false, _) => assert_eq!(made, BEFORE, "{what}: out value"),
                (true, false) => assert_eq!(made, 0, "{what}: out value"),
                (true, true) => assert_ne!(made, 0, "{what}: out value"),
            }
        }
        if self.callback.shape == Shape::Interrupt {
            let (queue, targets) = if expected.is_success() { (1, 0b101) } else { (0, 0) };
            let (boolean, ulong) = (self.outs.read::<u8>(BOOLEAN_OUT), self.outs.read::<u32>(ULONG_OUT));
            let boolean_before = if self.situation == NullBooleanOut { BEFORE as u8 } else { queue };
            let is_ulong_lost = matches!(self.situation, NullUlongOut | MisalignedUlongOut);
            let ulong_before = if is_ulong_lost { BEFORE as u32 } else { targets };
            assert_eq!((boolean, ulong), (boolean_before, ulong_before), "{what}: out values");
        }
    }

    fn check_completions(&self, expected: &Expected, what: &str) {
        let calls = calls();
        match self.callback.name {
            "FILTER_ATTACH" if expected.is_success() => {
                assert!(
                    matches!(*calls, [Called::SetAttributes { module, context, header: (0x8D, 1, 8), flags: 0 }]
                        if module == self.arguments.ndis_handle && !context.is_null()),
                    "{what}: {calls:?}"
                );
                let Called::SetAttributes { context, .. } = calls[0] else { unreachable!() };
                // SAFETY: the context that NDIS was given, which nobody else has.
                drop(unsafe { Context::<fixture::Object>::from_raw(context) });
            }
            "MINIPORT_SEND_NET_BUFFER_LISTS" => {
                let is_given_back = expected.called || self.situation == PoisonedContext;
                let status =
                    if expected.panicked() || !expected.called { NdisStatus::FAILURE } else { NdisStatus::SUCCESS };
                let lists = if is_given_back { self.chain.all() } else { &[] };
                let completions: Vec<_> = lists
                    .iter()
                    .map(|list| Called::SendComplete {
                        adapter: ndis_handle(ADAPTER),
                        list: *list,
                        status: status.as_raw(),
                        flags: 0,
                    })
                    .collect();
                assert_eq!(calls, completions, "{what}");
            }
            _ => assert_eq!(calls, [], "{what}"),
        }
    }

    /// Frees what is still the test's, as the outcome says: a value that was dropped before, or that is still alive
    /// afterwards, is noticed.
    fn take_all_back(&mut self, expected: &Expected, what: &str) {
        let is_retired = self.callback.context == ContextRole::Retired && expected.called;
        if !is_retired {
            // SAFETY: the context came from `into_raw`, and no callback has taken it.
            let context = unsafe { Context::<fixture::Object>::from_raw(self.context) };
            let was_lent = self.callback.context != ContextRole::None && self.situation != NullContext;
            let poisoned = was_lent && expected.panicked() || self.situation == PoisonedContext;
            assert_eq!(context.is_poisoned(), poisoned, "{what}: is the context poisoned");
        }
        drop(self.foreign.take());
        let is_block = self.callback.name == "FREE_SHARED_MEMORY_HANDLER";
        if !(self.callback.given_back && expected.called) {
            free_handle(self.given_back, is_block);
        }
        if self.callback.shape == Shape::Made && expected.is_success() {
            free_handle(self.outs.read::<NDIS_HANDLE>(MADE), self.callback.name == "ALLOCATE_SHARED_MEMORY_HANDLER");
        }
        assert_eq!(live(), 0, "{what}: values that still live");
    }
}

fn free_handle(raw: NDIS_HANDLE, is_block: bool) {
    // SAFETY: the handle was made of this type, and nobody has taken it back.
    unsafe {
        match is_block {
            true => drop(Handle::<fixture::Block>::from_raw(raw)),
            false => drop(Handle::<fixture::Object>::from_raw(raw)),
        }
    }
}

fn poison(context: NDIS_HANDLE) {
    // SAFETY: the context is one of the fixture's.
    let ((), breaches) = record(|| unsafe { fixture::poison::entry(context, null_mut()) });
    assert_eq!(breaches.len(), 1);
}

/// The structure the callback gets, and the scatter-gather list that a request for shared memory points to.
fn object(callback: &Callback, situation: Situation) -> (Memory, Memory) {
    let list = Memory::guarded(LIST_BYTES);
    let Some(object) = callback.object else { return (Memory::exact(0), list) };
    let header = |object_type, revision, size| NDIS_OBJECT_HEADER { Type: object_type, Revision: revision, Size: size };
    let (memory, header) = match situation {
        // Nothing but the header is there.
        ObjectOfAnotherType => (Memory::exact(4), header(0x42, 1, object.minimum)),
        ObjectTooSmall => (Memory::exact(4), header(object.object_type, 1, object.minimum - 1)),
        FirstRevisionOnly => (Memory::exact(object.minimum.into()), header(object.object_type, 1, object.minimum)),
        NewerRevision => {
            let size = object.size as u16 + 64;
            (Memory::guarded(size.into()), header(object.object_type, 200, size))
        }
        _ => (Memory::guarded(object.minimum.into()), header(object.object_type, 1, object.minimum)),
    };
    memory.write(0, header);
    if !matches!(situation, ObjectOfAnotherType | ObjectTooSmall) {
        (object.write)(&memory);
        if callback.name == "ALLOCATE_SHARED_MEMORY_HANDLER" {
            memory.write(std::mem::offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer), list.as_ptr::<u8>());
        }
    }
    (memory, list)
}

/// Checks every callback that can be in this situation.
fn check_all(situation: Situation) {
    let mut count = 0;
    for callback in CALLBACKS {
        let Some(expected) = expected(callback, situation) else { continue };
        count += 1;
        if expected.answer != Answer::Fatal {
            Stage::new(callback, situation).check(&expected);
            continue;
        }
        let Some(printed) = stopped("a_child_makes_one_call", &format!("{}/{situation:?}", callback.name)) else {
            continue;
        };
        let kind = expected.breaches[0];
        assert!(printed.contains(&bugcheck_line(callback.name, kind)), "{printed}");
        assert!(printed.contains(&format!("ndis: {}: {kind}\n", callback.name)), "not reported first: {printed}");
    }
    assert!(count > 0, "no callback can be in {situation:?}");
}

#[test]
fn a_child_makes_one_call() {
    let Some(task) = child_task() else { return };
    let (name, situation) = task.split_once('/').unwrap();
    let callback = CALLBACKS.iter().find(|callback| callback.name == name).unwrap();
    let situation = SITUATIONS.iter().find(|known| format!("{known:?}") == situation).unwrap();
    let stage = Stage::new(callback, *situation);
    // The default instead of the recorder, for the parent to see.
    ndis::breach::set_hook(|breach| eprintln!("ndis: {breach}"));
    let answer = quietly(|| stage.call());
    panic!("the call returned {answer:?}");
}

macro_rules! situations {
    ($($test:ident: $situation:ident,)*) => {
        const SITUATIONS: &[Situation] = &[$($situation),*];
        $(
            #[test]
            fn $test() {
                check_all($situation);
            }
        )*
    };
}

situations! {
    all_is_well: AllIsWell,
    a_newer_revision_is_accepted: NewerRevision,
    nothing_behind_the_first_revision_is_read: FirstRevisionOnly,
    an_error_becomes_its_status: Error,
    an_error_that_panics_on_drop: ErrorThatPanicsOnDrop,
    an_error_whose_status_is_none: ErrorThatIsNone,
    a_panic: Panic,
    a_panic_with_a_payload_that_panics_on_drop: PanicWithPayloadThatPanicsOnDrop,
    a_panic_on_a_poisoned_context: PanicOnPoisonedContext,
    a_poisoned_context: PoisonedContext,
    a_null_context: NullContext,
    a_misaligned_context: MisalignedContext,
    a_context_of_another_type: ForeignContext,
    a_context_without_ndis_handle: ContextWithoutNdisHandle,
    a_null_ndis_handle: NullNdisHandle,
    a_null_object: NullObject,
    a_misaligned_object: MisalignedObject,
    an_object_of_another_type: ObjectOfAnotherType,
    an_object_that_is_too_small: ObjectTooSmall,
    a_null_made_out: NullMadeOut,
    a_misaligned_made_out: MisalignedMadeOut,
    a_null_boolean_out: NullBooleanOut,
    a_null_ulong_out: NullUlongOut,
    a_misaligned_ulong_out: MisalignedUlongOut,
    a_null_handle_given_back: NullGivenBack,
    a_misaligned_handle_given_back: MisalignedGivenBack,
    a_handle_of_another_type_given_back: ForeignGivenBack,
    a_null_chain: NullChain,
    a_misaligned_chain: MisalignedChain,
    an_irql_that_is_too_high: IrqlTooHigh,
    an_irql_that_is_too_low: IrqlTooLow,
    an_irql_that_changed: IrqlChanged,
}

#[test]
fn the_table_has_every_callback_of_the_catalogue() {
    macro_rules! names {
        ($family:ident: $( $(#[$doc:meta])* $name:ident = $function:literal { $($facts:tt)* } )*) => {
            NAMES.with_borrow_mut(|names| names.extend([$(stringify!($name)),*]));
        };
    }
    thread_local! {
        static NAMES: std::cell::RefCell<Vec<&'static str>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    ndis_catalogue::for_each_callback! { names }
    let mut catalogue = NAMES.take();
    let mut table: Vec<_> = CALLBACKS.iter().map(|callback| callback.name).collect();
    catalogue.sort_unstable();
    table.sort_unstable();
    assert_eq!(table, catalogue);
}

/// The levels at both ends of the legal range, which the cross product does not visit.
#[test]
fn both_ends_of_the_irql_range_are_legal() {
    for callback in CALLBACKS {
        for level in [callback.irql.0, callback.irql.1] {
            let stage = Stage { level, ..Stage::new(callback, AllIsWell) };
            if callback.name == "MINIPORT_SEND_NET_BUFFER_LISTS" {
                // Completed at DISPATCH_LEVEL it says so in its flags, which the pending rules' tests check.
                unreported(|| stage.call());
                calls();
                let (context, given_back) = (stage.context, stage.given_back);
                // SAFETY: as in `take_all_back`.
                drop(unsafe { Context::<fixture::Object>::from_raw(context) });
                free_handle(given_back, false);
                continue;
            }
            stage.check(&expected(callback, AllIsWell).unwrap());
        }
    }
}

/// A shutdown for a bugcheck: at HIGH_LEVEL nothing is checked but what memory safety needs, and nothing is reported,
/// not even a panic.
#[test]
fn a_shutdown_for_a_bugcheck_is_silent() {
    let callback = CALLBACKS.iter().find(|callback| callback.name == "MINIPORT_SHUTDOWN").unwrap();
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
            let mut stage = Stage::new(callback, situation);
            fixture::called();
            // SAFETY: as in `Stage::call`.
            let shut_down = || unsafe { fixture::shutdown::entry(stage.arguments.context, NdisShutdownBugCheck) };
            unreported(|| at(level, shut_down));
            assert_eq!(fixture::called(), called, "{situation:?}");
            let is_panic = matches!(situation, Panic | PanicWithPayloadThatPanicsOnDrop);
            let breaches = if is_panic { vec![BreachKind::Panicked] } else { vec![] };
            stage.take_all_back(&Expected { answer: Answer::Nothing, breaches, called: called > 0 }, "bugcheck");
        }
    }
}
