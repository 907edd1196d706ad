//! What must come of a call.

use ndis::irql::{Irql, IrqlRange};
use ndis::{BreachKind, NdisStatus};

use crate::Situation::{self, *};
use crate::fixture;
use crate::table::{Answer, Callback, FAILURE, How, PENDING, Parameter, RESOURCES, Structure};

/// What must come of a call.
#[derive(PartialEq, Debug)]
pub struct Expected {
    pub answer: Answer,
    pub breaches: Vec<BreachKind>,
    pub called: bool,
}

impl Expected {
    /// The function did all it had to, and its result was delivered.
    pub fn is_success(&self, callback: &Callback) -> bool {
        let answer = self.answer == callback.ok || self.answer == PENDING;
        self.called && self.breaches.is_empty() && answer
    }

    pub fn panicked(&self) -> bool {
        self.breaches.iter().any(|kind| matches!(kind, BreachKind::Panicked | BreachKind::PanickedTwice))
    }
}

/// What must come of a call of `callback` in `situation`; `None` if it cannot be in it.
pub fn expected(callback: &Callback, situation: Situation) -> Option<Expected> {
    let object = callback.object();
    let Structure { object_type, minimum, .. } =
        callback.structure().unwrap_or(Structure { name: "", object_type: 0, minimum: 0, size: 0 });
    let has_structure = callback.structure().is_some();
    let has_made = callback.has(|parameter| matches!(parameter, Parameter::Made(_)));
    let has_handle = callback.has(|parameter| matches!(parameter, Parameter::Handle(_)));
    let has_lists = callback.has(|parameter| matches!(parameter, Parameter::Lists { .. }));
    let may_be_lent = callback.has(|parameter| parameter == Parameter::Lists { may_be_lent: true });
    let has_boolean = callback.has(|parameter| parameter == Parameter::Boolean);
    let has_ulong = callback.has(|parameter| parameter == Parameter::Ulong);
    let has_dispatch = callback.has(|parameter| matches!(parameter, Parameter::Flags { dispatch } if dispatch != 0));
    let well = |applies: bool| applies.then_some(Expected { answer: callback.ok, breaches: vec![], called: true });
    let refused = |applies: bool, kind| {
        applies.then_some(Expected { answer: callback.refused, breaches: vec![kind], called: false })
    };
    let went_wrong =
        |applies: bool, answer, kind| applies.then_some(Expected { answer, breaches: vec![kind], called: true });
    let (lowest, highest) = callback.irql;
    let range = |min, max| IrqlRange { min: Irql::from_raw(min), max: Irql::from_raw(max) };
    let wrong_level = |applies: bool, legal, level: u8| {
        let kind = BreachKind::Irql { legal, found: Irql::from_raw(level) };
        applies.then(|| Expected { answer: callback.failed, breaches: vec![kind], called: false })
    };
    let poisoned = |applies: bool| match callback.poisoned {
        Answer::Run => well(applies),
        answer => applies.then_some(Expected { answer, breaches: vec![BreachKind::Poisoned], called: false }),
    };
    let mut expected = match situation {
        AllIsWell => well(true),
        NewerRevision | FirstRevisionOnly => well(has_structure),
        Error => callback.may_fail.then_some(Expected { answer: RESOURCES, breaches: vec![], called: true }),
        ErrorThatPanicsOnDrop => went_wrong(callback.may_fail, callback.panicked, BreachKind::Panicked),
        ErrorThatIsNone => {
            let kind = BreachKind::IllegalStatus(NdisStatus::SUCCESS);
            went_wrong(callback.may_fail && !callback.is_closed, callback.failed, kind)
        }
        Panic | PanicWithPayloadThatPanicsOnDrop => went_wrong(true, callback.panicked, BreachKind::Panicked),
        PanicOnPoisonedContext => {
            went_wrong(object.is_some() && callback.poisoned == Answer::Run, Answer::Fatal, BreachKind::PanickedTwice)
        }
        Pended => {
            let applies = callback.how() == Some(How::Answered);
            applies.then_some(Expected { answer: PENDING, breaches: vec![], called: true })
        }
        PanicAfterPending => went_wrong(callback.how() == Some(How::Answered), PENDING, BreachKind::Panicked),
        PoisonedContext => poisoned(object.is_some()),
        // Without its object a driver does not know by which handle to open an adapter.
        NullContext if callback.gives == Some("NdisOpenAdapterEx") => {
            Some(Expected { answer: FAILURE, breaches: vec![], called: true })
        }
        NullContext if object.is_some_and(|(nullable, _)| nullable) => well(true),
        NullContext => refused(object.is_some(), BreachKind::NullContext),
        MisalignedContext => refused(object.is_some(), BreachKind::MisalignedContext),
        ForeignContext => refused(object.is_some(), BreachKind::ForeignContext),
        // The function is asked first whether it goes on.
        ContextWithoutNdisHandle if callback.how() == Some(How::Passed) => {
            went_wrong(true, callback.ok, BreachKind::NoNdisHandle)
        }
        ContextWithoutNdisHandle => refused(callback.is_settled_by_handle(), BreachKind::NoNdisHandle),
        NullNdisHandle => {
            refused(callback.has(|parameter| parameter == Parameter::NdisHandle), BreachKind::NullPointer)
        }
        NullObject => refused(has_structure, BreachKind::NullPointer),
        MisalignedObject => refused(has_structure, BreachKind::MisalignedPointer),
        ObjectOfAnotherType => refused(has_structure, BreachKind::ObjectType { expected: object_type, found: 0x42 }),
        ObjectTooSmall => refused(has_structure, BreachKind::ObjectSize { minimum, found: minimum.wrapping_sub(1) }),
        NullMadeOut => refused(has_made, BreachKind::NullPointer),
        MisalignedMadeOut => refused(has_made, BreachKind::MisalignedPointer),
        NullBooleanOut => refused(has_boolean, BreachKind::NullPointer),
        NullUlongOut => refused(has_ulong, BreachKind::NullPointer),
        MisalignedUlongOut => refused(has_ulong, BreachKind::MisalignedPointer),
        NullGivenBack => refused(has_handle, BreachKind::NullContext),
        MisalignedGivenBack => refused(has_handle, BreachKind::MisalignedContext),
        ForeignGivenBack => refused(has_handle, BreachKind::ForeignContext),
        NullChain => refused(has_lists, BreachKind::NullPointer),
        MisalignedChain => refused(has_lists, BreachKind::MisalignedPointer),
        LentLists => well(may_be_lent),
        LentListsOnPoisonedContext => poisoned(may_be_lent),
        DispatchFlagAtPassiveLevel => wrong_level(has_dispatch, range(2, 2), 0),
        IrqlTooHigh => wrong_level(true, range(lowest, highest), highest + 1),
        IrqlTooLow => wrong_level(lowest > 0, range(lowest, highest), lowest.wrapping_sub(1)),
        IrqlChanged => {
            let exit = Irql::from_raw(fixture::changed(lowest));
            // An adapter that was opened is answered for.
            let is_answered = callback.gives == Some("NdisOpenAdapterEx");
            let answer = if is_answered { PENDING } else { callback.failed };
            went_wrong(true, answer, BreachKind::IrqlChanged { entry: Irql::from_raw(lowest), exit })
        }
    }?;
    // What is settled through the handle beside the context cannot be without one; that is reported, too.
    if !expected.called && callback.settles_itself() {
        match situation {
            NullContext | MisalignedContext | ForeignContext | ContextWithoutNdisHandle => {
                expected.breaches.push(BreachKind::NoNdisHandle);
            }
            IrqlTooHigh => expected.breaches.push(BreachKind::NotGivenBack),
            _ => {}
        }
    }
    Some(expected)
}

/// Whether NDIS gets by a function what the call owes it, or passes on.
pub fn is_settled(callback: &Callback, situation: Situation, expected: &Expected) -> bool {
    let is_reachable = match situation {
        NullContext => callback.object().is_some_and(|(nullable, _)| nullable),
        MisalignedContext | ForeignContext | ContextWithoutNdisHandle | IrqlTooHigh => false,
        _ => true,
    };
    let is_known = match situation {
        NullChain | MisalignedChain => false,
        // What was only lent is not given back.
        LentLists | LentListsOnPoisonedContext => false,
        NullObject | MisalignedObject | ObjectOfAnotherType | ObjectTooSmall => callback.how() != Some(How::Original),
        _ => true,
    };
    match callback.how() {
        None => false,
        Some(How::Answered) => matches!(situation, Pended | PanicAfterPending) && expected.called,
        Some(How::Lists { .. } | How::Original | How::Passed) => is_reachable && is_known,
    }
}
