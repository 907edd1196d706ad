//! A call that is ready to be made, and all that is checked about it.

use std::ptr::null_mut;

use ndis::sys::{NDIS_HANDLE, NDIS_OBJECT_HEADER, NDIS_RECEIVE_FLAGS_RESOURCES};
use ndis::{Context, Handle, NdisStatus};

use crate::Situation::{self, *};
use crate::common::lists::{Lists, NOT_COMPLETED};
use crate::common::memory::Memory;
use crate::common::record::{at, live, ndis_handle, record};
use crate::expected::{Expected, is_settled};
use crate::fixture::{self, Act, Block, Object};
use crate::ndis_functions::{Called, calls, clones};
use crate::special::{self, HANDLE, LIST_BYTES, LISTS};
use crate::table::{Answer, Callback, Ends, How, Kept, PENDING, Paid, Parameter, Settled, Word, number};

/// NDIS's handle of the object.
pub const OBJECT: usize = 0xADA0;

/// A call that is ready to be made.
pub struct Stage {
    pub callback: &'static Callback,
    pub situation: Situation,
    pub words: Vec<Word>,
    pub level: u8,
    pub context: NDIS_HANDLE,
    foreign: Option<Context<u64>>,
    handle: NDIS_HANDLE,
    structure: Memory,
    list: Memory,
    outs: Memory,
    chain: Lists,
}

const MADE: usize = 0;
const ULONG: usize = 8;
const BOOLEAN: usize = 12;
const BEFORE: usize = 0x5A5A_5A5A_5A5A_5A5A;

impl Stage {
    pub fn new(callback: &'static Callback, situation: Situation) -> Stage {
        let context = Context::new(Object::new(0)).unwrap();
        if situation != ContextWithoutNdisHandle {
            // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
            unsafe { context.set_ndis_handle(ndis_handle(OBJECT)) };
        }
        let outs = Memory::guarded(16);
        outs.write(MADE, BEFORE);
        outs.write(ULONG, BEFORE);
        let (structure, list) = structure(callback, situation);
        let mut stage = Stage {
            callback,
            situation,
            words: vec![],
            level: callback.irql.0,
            context: context.into_raw(),
            foreign: Some(Context::new(0_u64).unwrap()),
            handle: made(callback),
            structure,
            list,
            outs,
            chain: Lists::new(LISTS),
        };
        stage.words = callback.parameters.iter().map(|parameter| stage.word(*parameter)).collect();
        match situation {
            IrqlTooHigh => stage.level = callback.irql.1 + 1,
            IrqlTooLow => stage.level = callback.irql.0 - 1,
            PoisonedContext | PanicOnPoisonedContext | LentListsOnPoisonedContext => special::poison(stage.context),
            _ => {}
        }
        fixture::act(match situation {
            Error => Act::Err,
            ErrorThatPanicsOnDrop => Act::ErrThatBombs,
            ErrorThatIsNone => Act::ErrThatLies,
            Panic | PanicOnPoisonedContext => Act::Panic,
            PanicWithPayloadThatPanicsOnDrop => Act::PanicWithBomb,
            Pended => Act::Pend,
            PanicAfterPending => Act::PendAndPanic,
            IrqlChanged => Act::ChangeIrql,
            _ => Act::Ok,
        });
        stage
    }

    /// What is passed for a parameter.
    fn word(&self, parameter: Parameter) -> Word {
        let out = |offset| self.outs.as_ptr::<u8>().wrapping_add(offset).cast();
        let (word, null, misaligned): (Word, _, _) = match parameter {
            Parameter::Object { .. } => (self.context, NullContext, Some(MisalignedContext)),
            Parameter::Handle(_) => (self.handle, NullGivenBack, Some(MisalignedGivenBack)),
            Parameter::Made(_) => (out(MADE), NullMadeOut, Some(MisalignedMadeOut)),
            Parameter::Structure(_) => (self.structure.as_ptr(), NullObject, Some(MisalignedObject)),
            Parameter::RequestBack(_) => (self.request_back(), NullObject, Some(MisalignedObject)),
            Parameter::Lists { .. } => (self.chain.first().cast(), NullChain, Some(MisalignedChain)),
            Parameter::NdisHandle => (number(HANDLE), NullNdisHandle, None),
            Parameter::Boolean => (out(BOOLEAN), NullBooleanOut, None),
            Parameter::Ulong => (out(ULONG), NullUlongOut, Some(MisalignedUlongOut)),
            Parameter::Value(value) => return number(value as usize),
            Parameter::Flags { dispatch } => return number(self.flags(dispatch) as usize),
            Parameter::Reserved => return number(BEFORE),
        };
        let foreign = self.foreign.as_ref().map_or(null_mut(), Context::as_raw);
        match (parameter, self.situation) {
            (_, situation) if situation == null => null_mut(),
            (_, situation) if Some(situation) == misaligned => word.wrapping_byte_add(1),
            (Parameter::Object { .. }, ForeignContext) | (Parameter::Handle(_), ForeignGivenBack) => foreign,
            _ => word,
        }
    }

    fn flags(&self, dispatch: u32) -> u32 {
        match self.situation {
            DispatchFlagAtPassiveLevel => dispatch,
            LentLists | LentListsOnPoisonedContext => NDIS_RECEIVE_FLAGS_RESOURCES,
            _ => 0,
        }
    }

    /// A clone of the request, as the driver below gives it back; or the request itself, which is no clone, where it must
    /// not be looked into.
    fn request_back(&self) -> Word {
        match self.situation {
            ObjectOfAnotherType | ObjectTooSmall => self.structure.as_ptr(),
            _ => special::forwarded(self.structure.as_ptr()),
        }
    }

    pub fn call(&self) -> Answer {
        at(self.level, || (self.callback.call)(&self.words))
    }

    /// Makes the call, which returns, and checks everything about it.
    pub fn check(mut self, expected: &Expected) {
        let what = format!("{} in {:?} at {}", self.callback.name, self.situation, self.level);
        let before = (self.structure.bytes(), self.list.bytes());
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
        let mut calls = calls();
        let given = self.check_given(expected, &mut calls, &what);
        self.check_settled(expected, calls, &what);
        self.take_all_back(expected, given, &what);
        assert_eq!(live(), 0, "{what}: values that still live");
    }

    fn check_memory(&self, expected: &Expected, before: &(Vec<u8>, Vec<u8>), what: &str) {
        if expected.is_success(self.callback) && self.callback.name == "ALLOCATE_SHARED_MEMORY_HANDLER" {
            self.structure.check_guards();
            self.list.check_guards();
            assert_eq!(self.list.read::<u32>(0), 2, "{what}: number of elements");
        } else {
            assert_eq!((self.structure.bytes(), self.list.bytes()), *before, "{what}: memory was touched");
        }
    }

    /// Every out parameter is written whatever happened, if it can be.
    fn check_outs(&self, expected: &Expected, what: &str) {
        self.outs.check_guards();
        let is_success = expected.is_success(self.callback);
        let is_interrupt = self.callback.has(|parameter| parameter == Parameter::Ulong);
        let made = self.outs.read::<usize>(MADE);
        let (ulong, boolean) = (self.outs.read::<u32>(ULONG), self.outs.read::<u8>(BOOLEAN));
        let has = |is: fn(Parameter) -> bool| self.callback.has(is);
        if !has(|parameter| matches!(parameter, Parameter::Made(_)))
            || matches!(self.situation, NullMadeOut | MisalignedMadeOut)
        {
            assert_eq!(made, BEFORE, "{what}: out value");
        } else {
            assert_eq!(made != 0, is_success, "{what}: out value");
        }
        if !has(|parameter| parameter == Parameter::Ulong)
            || matches!(self.situation, NullUlongOut | MisalignedUlongOut)
        {
            assert_eq!(ulong, BEFORE as u32, "{what}: out value");
        } else {
            assert_eq!(ulong, if is_success { 0b101 } else { 0 }, "{what}: out value");
        }
        if !has(|parameter| parameter == Parameter::Boolean) || self.situation == NullBooleanOut {
            assert_eq!(boolean, BEFORE as u8, "{what}: out value");
        } else {
            assert_eq!(boolean, u8::from(is_success && is_interrupt), "{what}: out value");
        }
    }

    /// Takes off the call that gave NDIS a context, and gives back the context if NDIS has it still.
    fn check_given(&self, expected: &Expected, calls: &mut Vec<Called>, what: &str) -> Option<NDIS_HANDLE> {
        /// The functions, with type, revision and size of the structure they get.
        const GIVES: &[(&str, [usize; 3])] = &[
            ("NdisFSetAttributes", [0x8D, 1, 8]),
            ("NdisMSetMiniportAttributes", [0x9E, 1, 28]),
            ("NdisOpenAdapterEx", [0x87, 1, 52]),
        ];
        let function = self.callback.gives?;
        let is_success = expected.is_success(self.callback);
        let (is_called, is_kept) = match function {
            // Called when the function has returned.
            "NdisFSetAttributes" => (is_success, is_success),
            // Called by the function, before it does what the test says.
            "NdisMSetMiniportAttributes" => (expected.called, is_success),
            // Called by the function, after that; NDIS answers what was asked by it.
            "NdisOpenAdapterEx" => (expected.answer == PENDING, expected.answer == PENDING),
            other => panic!("{what}: no test knows what {other} gives"),
        };
        if !is_called {
            return None;
        }
        assert!(!calls.is_empty(), "{what}: {function} was not called");
        let called = calls.remove(0);
        let (_, header) = GIVES.iter().find(|(name, _)| *name == function).unwrap();
        let [object_type, revision, size] = *header;
        let (handle, last) = match function {
            // The callback is of the driver, whose handle is beside its context; the last is what NDIS wants back.
            "NdisOpenAdapterEx" => (OBJECT, HANDLE),
            // No flags.
            _ => (HANDLE, 0),
        };
        let context = called.arguments[1];
        assert_eq!(called.function, function, "{what}");
        let header = [object_type, revision, size].map(number);
        let arguments = [&[number(handle), context], &header[..], &[number(last)]].concat();
        assert_eq!(called.arguments, arguments, "{what}");
        assert!(!context.is_null(), "{what}");
        is_kept.then_some(context)
    }

    /// The calls that settle: through the right function, with the right arguments, at a legal level.
    fn check_settled(&self, expected: &Expected, calls: Vec<Called>, what: &str) {
        let Some(settled) = self.callback.settled.filter(|_| is_settled(self.callback, self.situation, expected))
        else {
            // Opening an adapter answers at once what was asked by it.
            let is_opened = self.callback.gives == Some("NdisOpenAdapterEx") && expected.answer == PENDING;
            let settled = self.callback.settled.filter(|_| is_opened);
            let opened = settled.map(|settled| self.called(&settled, NdisStatus::SUCCESS));
            assert_eq!(calls, Vec::from_iter(opened), "{what}");
            return;
        };
        let status = self.settled_status(settled.how, expected);
        let mut wanted = vec![];
        if settled.how == How::Original {
            let clone = self.words[self.place(|parameter| matches!(parameter, Parameter::RequestBack(_)))];
            let freed = Called {
                function: "NdisFreeCloneOidRequest",
                arguments: vec![number(OBJECT), clone],
                ..Called::default()
            };
            wanted.push(Called { level: self.level_of_settling(), ..freed });
        }
        wanted.push(self.called(&settled, status));
        assert_eq!(calls, wanted, "{what}");
        assert!(calls.iter().all(|called| called.level <= settled.highest_level), "{what}: {calls:?}");
    }

    /// The status with which a call is settled.
    fn settled_status(&self, how: How, expected: &Expected) -> NdisStatus {
        match how {
            How::Lists { have_status: false } => NdisStatus::from_raw(NOT_COMPLETED),
            How::Lists { have_status: true } if expected.panicked() || !expected.called => NdisStatus::FAILURE,
            How::Lists { have_status: true } => NdisStatus::SUCCESS,
            // Completed by the function, or dropped by its panic: as aborted, where that can be said.
            How::Answered if expected.panicked() && self.callback.may_fail && self.callback.gives.is_none() => {
                NdisStatus::REQUEST_ABORTED
            }
            How::Answered | How::Passed => NdisStatus::SUCCESS,
            // The status with which it came back.
            How::Original => NdisStatus::RESOURCES,
        }
    }

    fn place(&self, is: impl Fn(&Parameter) -> bool) -> usize {
        self.callback.parameters.iter().position(is).unwrap()
    }

    fn level_of_settling(&self) -> u8 {
        if self.situation == IrqlChanged { fixture::changed(self.level) } else { self.level }
    }

    /// A call that settles.
    fn called(&self, settled: &Settled, status: NdisStatus) -> Called {
        const AT_DISPATCH: usize = 1;
        let level = self.level_of_settling();
        let word = |paid: &Paid| match *paid {
            Paid::Handle => number(OBJECT),
            Paid::Argument(place) => self.words[place],
            Paid::Status => number(status.as_raw().cast_unsigned() as usize),
            Paid::Flags => number(if level == 2 { AT_DISPATCH } else { 0 }),
            Paid::Boolean => number(0),
            Paid::Original => self.structure.as_ptr(),
        };
        let has_lists = matches!(settled.how, How::Lists { .. });
        let lists = if has_lists { self.chain.all() } else { &[] };
        Called {
            function: settled.function,
            arguments: settled.arguments.iter().map(word).collect(),
            lists: lists.iter().map(|list| (*list, status.as_raw())).collect(),
            level,
        }
    }

    /// Frees what is still the test's, as the outcome says: then a value that was dropped before, or that is still alive
    /// afterwards, is noticed.
    pub fn take_all_back(&mut self, expected: &Expected, given: Option<NDIS_HANDLE>, what: &str) {
        let has_ended = match self.callback.object() {
            Some((_, Ends::OnReturn)) => expected.called,
            // What pended has succeeded as well, and the function is gone.
            Some((_, Ends::OnSuccess)) => expected.is_success(self.callback) || expected.answer == PENDING,
            Some((_, Ends::Never)) | None => false,
        };
        if !has_ended {
            // SAFETY: the context came from `into_raw`, and no callback has taken it.
            let context = unsafe { Context::<Object>::from_raw(self.context) };
            let was_lent = self.callback.object().is_some() && self.situation != NullContext;
            let was_poisoned = matches!(self.situation, PoisonedContext | LentListsOnPoisonedContext);
            let poisoned = was_lent && expected.panicked() || was_poisoned;
            assert_eq!(context.is_poisoned(), poisoned, "{what}: is the context poisoned");
        }
        if let Some(context) = given {
            // SAFETY: NDIS was given the context, which nobody else has.
            drop(unsafe { Context::<Object>::from_raw(context) });
        }
        drop(self.foreign.take());
        let was_given_back =
            self.callback.has(|parameter| matches!(parameter, Parameter::Handle(_))) && expected.called;
        if !was_given_back {
            free(self.handle, kept(self.callback));
        }
        let makes = self.callback.has(|parameter| matches!(parameter, Parameter::Made(_)));
        if makes && expected.is_success(self.callback) {
            free(self.outs.read::<NDIS_HANDLE>(MADE), kept(self.callback));
        }
        let is_lost =
            self.callback.how() == Some(How::Original) && !is_settled(self.callback, self.situation, expected);
        let had_clone = !matches!(self.situation, ObjectOfAnotherType | ObjectTooSmall);
        assert_eq!(clones(), usize::from(is_lost && had_clone), "{what}: clones that nobody freed");
    }
}

/// What is in the handles of a callback.
fn kept(callback: &Callback) -> Kept {
    let kept = |parameter: &Parameter| match parameter {
        Parameter::Handle(kept) | Parameter::Made(kept) => Some(*kept),
        _ => None,
    };
    callback.parameters.iter().find_map(kept).unwrap_or(Kept::Object)
}

/// A handle to give back.
fn made(callback: &Callback) -> NDIS_HANDLE {
    match kept(callback) {
        Kept::Block => Handle::new(Block::new(1)).unwrap().into_raw(),
        Kept::Object => Handle::new(Object::new(1)).unwrap().into_raw(),
    }
}

fn free(raw: NDIS_HANDLE, kept: Kept) {
    // SAFETY: the handle was made of this type, and nobody has taken it back.
    unsafe {
        match kept {
            Kept::Block => drop(Handle::<Block>::from_raw(raw)),
            Kept::Object => drop(Handle::<Object>::from_raw(raw)),
        }
    }
}

/// The structure the callback gets, and the scatter-gather list that a request for shared memory points to.
fn structure(callback: &Callback, situation: Situation) -> (Memory, Memory) {
    let list = Memory::guarded(LIST_BYTES);
    let Some(structure) = callback.structure() else { return (Memory::exact(0), list) };
    let header = |object_type, revision, size| NDIS_OBJECT_HEADER { Type: object_type, Revision: revision, Size: size };
    let (memory, header) = match situation {
        // Nothing but the header is there.
        ObjectOfAnotherType => (Memory::exact(4), header(0x42, 1, structure.minimum)),
        ObjectTooSmall => (Memory::exact(4), header(structure.object_type, 1, structure.minimum - 1)),
        FirstRevisionOnly => {
            (Memory::exact(structure.minimum.into()), header(structure.object_type, 1, structure.minimum))
        }
        NewerRevision => {
            let size = structure.size + 64;
            (Memory::guarded(size.into()), header(structure.object_type, 200, size))
        }
        _ => (Memory::guarded(structure.minimum.into()), header(structure.object_type, 1, structure.minimum)),
    };
    memory.write(0, header);
    if !matches!(situation, ObjectOfAnotherType | ObjectTooSmall) {
        special::fill(structure.name, &memory, &list);
    }
    (memory, list)
}
