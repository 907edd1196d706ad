//! Every callback of the catalogue in every situation its entry must cope with: what NDIS gets, what is written and
//! what is left alone, what was reported, whether the function ran, what was settled by which NDIS function, and that
//! nothing is leaked or dropped twice. The functions, how they are called, and what is expected are generated from the facts.
//! Here the table calls; `windows/user` builds the same tests with a table that has C call.
#![cfg(target_pointer_width = "64")]
#![allow(unreachable_pub)]

mod common;
mod expected;
mod fixture;
mod ndis_functions;
mod single;
mod special;
mod stage;
mod table;

use std::collections::BTreeSet;

use common::record::{bugcheck_line, child_task, quietly, stopped};
use expected::{expected, is_settled};
use stage::Stage;
use table::{Answer, CALLBACKS, Callback, How};

macro_rules! situations {
    ($($test:ident: $situation:ident,)*) => {
        /// What is special about a call.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[allow(missing_docs)]
        pub enum Situation {
            $($situation,)*
        }

        const SITUATIONS: &[Situation] = &[$(Situation::$situation),*];

        $(
            #[test]
            fn $test() {
                check_all(Situation::$situation);
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
    something_pended: Pended,
    a_panic_after_pending: PanicAfterPending,
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
    lists_that_are_lent: LentLists,
    lists_that_are_lent_on_a_poisoned_context: LentListsOnPoisonedContext,
    a_flag_that_says_dispatch_level_at_passive_level: DispatchFlagAtPassiveLevel,
    an_irql_that_is_too_high: IrqlTooHigh,
    an_irql_that_is_too_low: IrqlTooLow,
    an_irql_that_changed: IrqlChanged,
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
    let situation = SITUATIONS.iter().find(|known| format!("{known:?}") == situation).unwrap();
    let stage = Stage::new(Callback::of(name), *situation);
    // The default instead of the recorder, for the parent to see.
    ndis::breach::set_hook(|breach| eprintln!("ndis: {breach}"));
    let answer = quietly(|| stage.call());
    panic!("the call returned {answer:?}");
}

/// The levels at both ends of the legal range, which the cross product does not visit.
#[test]
fn both_ends_of_the_irql_range_are_legal() {
    for callback in CALLBACKS {
        for level in [callback.irql.0, callback.irql.1] {
            let mut stage = Stage::new(callback, Situation::AllIsWell);
            stage.level = level;
            stage.check(&expected(callback, Situation::AllIsWell).unwrap());
        }
    }
}

/// Of each callback that comes to owe something, or passes its call on: a call that was refused and one on a poisoned
/// context are settled, by the function and with the handle of the facts. What is answered is settled by the answer, and by
/// the function only after it has pended.
#[test]
fn whatever_is_owed_is_settled() {
    let settled = |callback: &&Callback| callback.settled.is_some();
    for callback in CALLBACKS.iter().filter(settled) {
        let (mut refused, mut pended) = (0, 0);
        for situation in SITUATIONS {
            let Some(expected) = expected(callback, *situation) else { continue };
            if expected.answer == Answer::Fatal || !is_settled(callback, *situation, &expected) {
                continue;
            }
            refused += u32::from(!expected.called);
            pended += u32::from(matches!(situation, Situation::Pended | Situation::PanicAfterPending));
            Stage::new(callback, *situation).check(&expected);
        }
        match callback.how().unwrap() {
            How::Answered => assert_eq!((refused, pended), (0, 2), "{}", callback.name),
            How::Lists { .. } | How::Original | How::Passed => assert!(refused > 0, "{}", callback.name),
        }
    }
}

/// The facts and the catalogue agree on who owes something or passes it on.
#[test]
fn what_owes_in_the_catalogue_owes_in_the_facts() {
    let owes = |callback: &&ndis_catalogue::Callback| callback.owes.is_some() || callback.settles.is_some();
    let catalogue: BTreeSet<_> = ndis_catalogue::all().filter(owes).map(|callback| callback.name).collect();
    let settled = CALLBACKS.iter().filter(|callback| callback.settled.is_some());
    assert_eq!(catalogue, settled.map(|callback| callback.name).collect());
}
