//! The entry of every callback, called by C through C's own function pointer type: what C gets when all is well, when
//! the function panics, when an argument is bad and when the level is wrong. What NDIS must get is what the table of
//! the runtime's own tests says.
#![cfg(windows)]
#![allow(unreachable_pub, dead_code)] // shared with the runtime's tests

#[path = "../../../../runtime/tests/common/mod.rs"]
mod common;
mod fixture;
#[path = "../../../../runtime/tests/cross_product/table.rs"]
mod table;

use std::ptr::null_mut;
use std::sync::Mutex;

use common::lists::Lists;
use common::memory::Memory;
use common::{Tracked, at, child_task, kinds, ndis_handle, quietly, stopped};
use fixture::Act;
use ndis::sys::layout::LAYOUTS;
use ndis::sys::*;
use ndis::{BreachKind, Context, Handle};
use table::{Answer, Arguments, CALLBACKS, Callback, ContextRole, LIST_BYTES, RESOURCES};

/// Held by the test that has C call entries.
static TURN: Mutex<()> = Mutex::new(());

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Situation {
    AllIsWell,
    Error,
    Panic,
    NullContext,
    NullObject,
    IrqlTooHigh,
}
use Situation::*;

const SITUATIONS: [Situation; 6] = [AllIsWell, Error, Panic, NullContext, NullObject, IrqlTooHigh];

/// What C must get, and whether a breach must be reported; `None` if the callback cannot be in this situation.
fn expected(callback: &Callback, situation: Situation) -> Option<(Answer, bool)> {
    let refused = |applies: bool| applies.then_some((callback.refused, true));
    match situation {
        AllIsWell => Some((callback.ok, false)),
        Error => callback.shape.fails().then_some((RESOURCES, false)),
        Panic => Some((callback.panicked, true)),
        NullContext if callback.context == ContextRole::Optional => Some((callback.ok, false)),
        NullContext => refused(callback.context != ContextRole::None),
        NullObject => refused(callback.object.is_some()),
        IrqlTooHigh => Some((callback.failed, true)),
    }
}

/// Has C call the entry once, with memory and contexts as NDIS passes them.
fn call(callback: &Callback, situation: Situation) -> Answer {
    let context = Context::new(Tracked::new(0)).unwrap();
    // SAFETY: NDIS's functions are stand-ins, to which any value is a handle.
    unsafe { context.set_ndis_handle(ndis_handle(0xADA0)) };
    let given_back = match callback.name {
        "FREE_SHARED_MEMORY_HANDLER" => {
            Handle::new(fixture::Block { tracked: Tracked::new(1), memory: fixture::Pages }).unwrap().into_raw()
        }
        _ => Handle::new(Tracked::new(1)).unwrap().into_raw(),
    };
    let (outs, list, chain) = (Memory::guarded(16), Memory::guarded(LIST_BYTES), Lists::new(2));
    let object = Memory::guarded(callback.object.map_or(0, |object| object.size));
    if let Some(description) = callback.object {
        let header = NDIS_OBJECT_HEADER { Type: description.object_type, Revision: 1, Size: description.minimum };
        object.write(0, header);
        (description.write)(&object);
        if callback.name == "ALLOCATE_SHARED_MEMORY_HANDLER" {
            object.write(std::mem::offset_of!(NDIS_SHARED_MEMORY_PARAMETERS, SGListBuffer), list.as_ptr::<u8>());
        }
    }
    let arguments = Arguments {
        context: if situation == NullContext { null_mut() } else { context.into_raw() },
        ndis_handle: ndis_handle(0xF11),
        object: if situation == NullObject { null_mut() } else { object.as_ptr() },
        made: outs.as_ptr(),
        given_back,
        chain: chain.first(),
        boolean: outs.as_ptr::<u8>().wrapping_add(12),
        ulong: outs.as_ptr::<u8>().wrapping_add(8).cast(),
    };
    fixture::act(match situation {
        Error => Act::Err,
        Panic => Act::Panic,
        _ => Act::Ok,
    });
    let level = if situation == IrqlTooHigh { callback.irql.1 + 1 } else { callback.irql.0 };
    // SAFETY: what is wrong with the arguments is what the entry must notice. What is left over is leaked.
    let answer = at(level, || unsafe { (callback.call)(&arguments) });
    for memory in [outs, list, object] {
        memory.check_guards();
    }
    answer
}

#[test]
fn c_gets_the_answer_that_ndis_must_get() {
    let _turn = TURN.lock().unwrap();
    let mut calls = 0;
    for callback in CALLBACKS {
        for situation in SITUATIONS {
            let Some((answer, breach)) = expected(callback, situation) else { continue };
            if answer == Answer::Fatal {
                continue;
            }
            let what = format!("{} in {situation:?}", callback.name);
            let (got, kinds) = kinds(|| call(callback, situation));
            assert_eq!(got, answer, "{what}: {kinds:?}");
            assert_eq!(fixture::came_back(), 1, "{what}");
            assert_eq!(!kinds.is_empty(), breach, "{what}: {kinds:?}");
            assert_eq!(kinds.contains(&BreachKind::Panicked), situation == Panic, "{what}: {kinds:?}");
            calls += 1;
        }
    }
    println!("proven: C has made {calls} calls of {} callbacks, which came back", CALLBACKS.len());
}

#[test]
fn what_has_no_answer_stops_the_process() {
    if let Some(task) = child_task() {
        let (name, which) = task.split_once(' ').unwrap();
        let callback = CALLBACKS.iter().find(|callback| callback.name == name).unwrap();
        let situation = SITUATIONS.into_iter().find(|situation| format!("{situation:?}") == which).unwrap();
        quietly(|| call(callback, situation));
        unreachable!("{task}: came back to C");
    }
    let mut calls = 0;
    for callback in CALLBACKS {
        for situation in SITUATIONS {
            if !matches!(expected(callback, situation), Some((Answer::Fatal, _))) {
                continue;
            }
            let task = format!("{} {situation:?}", callback.name);
            let printed = stopped("what_has_no_answer_stops_the_process", &task).unwrap();
            assert!(printed.contains(&format!("ndis: bugcheck 0xe04e4449: {}: ", callback.name)), "{task}: {printed}");
            calls += 1;
        }
    }
    println!("proven: C has made {calls} calls that stopped their process");
}

#[test]
fn no_callback_is_left_out() {
    macro_rules! names {
        ($family:ident: $( $(#[$doc:meta])* $name:ident = $function:literal { $($facts:tt)* } )*) => {
            const NAMES: &[&str] = &[$(stringify!($name)),*];
        };
    }
    let mut names = Vec::new();
    macro_rules! families {
        ($($family:ident)*) => {$({
            ndis_catalogue::$family! { names }
            names.extend_from_slice(NAMES);
        })*};
    }
    ndis_catalogue::for_each_family! { families }
    let mut called: Vec<_> = CALLBACKS.iter().map(|callback| callback.name).collect();
    names.sort();
    called.sort();
    assert_eq!(called, names);
}

#[test]
fn layouts_were_compared() {
    // The comparison is made when C is compiled; this says of what.
    let (structures, numbers) = (LAYOUTS.len(), ndis_windows_user::COMPARED);
    println!("proven: C and Rust agree on the layout of {structures} structures, {numbers} numbers");
    println!("proven: mingw-w64's headers agree on {}", ndis_windows_user::COMPARED_WITH_MINGW);
}
