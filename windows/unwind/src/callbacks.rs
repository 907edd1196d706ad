//! Callbacks that panic, and what must be left of each: its status, the order of its drops, every register that a call
//! keeps, and no block of the pool.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::hint::black_box;
use core::sync::atomic::Ordering::Relaxed;

use crate::call::{Call, Callback, Guard, PANICS, STATUS_UNSUCCESSFUL, boundary};
use crate::kernel::BLOCKS;
use crate::registers;
use crate::report::Report;

struct Script {
    callback: Callback,
    name: &'static str,
    input: usize,
    status: i32,
    panics: usize,
    drops: &'static str,
}

/// What a callback does without a panic.
const fn returns(callback: Callback, name: &'static str, input: usize, status: i32, drops: &'static str) -> Script {
    Script { callback, name, input, status, panics: 0, drops }
}

/// What it does when it panics.
const fn panics(callback: Callback, name: &'static str, input: usize, panics: usize, drops: &'static str) -> Script {
    Script { callback, name, input, status: STATUS_UNSUCCESSFUL, panics, drops }
}

const SCRIPTS: &[Script] = &[
    returns(levels, "levels", 0, 4, "boxed list.1 list.2 middle.2 text middle.1 outer"),
    panics(levels, "levels", 1, 1, "boxed list.1 list.2 text middle.1 outer"),
    returns(bounds, "bounds check", 2, 30, "bounds"),
    panics(bounds, "bounds check", 3, 1, "bounds"),
    returns(unwrap, "unwrap", 1, 1, "unwrap"),
    panics(unwrap, "unwrap", 0, 1, "unwrap"),
    panics(borrowed, "borrowed twice", 0, 1, "cell"),
    returns(divide, "division in a dyn Fn", 2, 21, "closure divide"),
    panics(divide, "division in a dyn Fn", 0, 1, "closure divide"),
    returns(sort_in_core, "core comparator", 99, 0, "compare"),
    panics(sort_in_core, "core comparator", 11, 1, "compare"),
    returns(sort_in_alloc, "alloc comparator", 9999, 0, "compare"),
    panics(sort_in_alloc, "alloc comparator", 11, 1, "compare"),
    returns(retain, "retain", 9, 3, "b a c d"),
    panics(retain, "retain", 2, 1, "b a c d"),
    returns(iterate, "iterators", 99, 47, ""),
    panics(iterate, "iterators", 6, 1, "item item item"),
    returns(captured, "captured by value", 0, 0, "captured"),
    panics(captured, "captured by value", 1, 1, "captured"),
    returns(large_result, "a large result", 1, 96, "result"),
    returns(nested, "nested boundaries", 0, 7, "inner outer"),
    Script { panics: 1, ..returns(nested, "nested boundaries", 1, 7, "inner caught outer") },
    panics(nested, "nested boundaries", 2, 2, "inner caught outer"),
    panics(in_a_drop, "caught in a drop", 0, 2, "first in.drop last"),
    panics(in_a_drop, "caught in a drop in a drop", 1, 3, "first deepest last in.drop last"),
    panics(in_box_dyn, "a box of a dyn", 0, 1, "dyn box"),
    returns(large_frames, "large frames", 0, 2, "small large"),
    panics(large_frames, "large frames", 1, 1, "small large"),
    returns(clobbered, "overwritten registers", 0, 0, "panics framed between"),
    panics(clobbered, "overwritten registers", 1, 1, "panics framed between"),
    returns(floats, "frames that save xmm", 0, 36, "floats"),
    panics(floats, "frames that save xmm", 1, 1, "floats"),
    panics(recursion, "recursion", 200, 1, "all levels in order"),
    Script { panics: 50, ..returns(again, "caught again and again", 50, 50, "") },
];

/// Runs all of them.
pub(crate) fn check(report: &mut Report<'_>) {
    for script in SCRIPTS {
        let call = Call::new(script.input);
        let (blocks, panics) = (BLOCKS.load(Relaxed), PANICS.load(Relaxed));
        let (status, changed) = registers::call(script.callback, &call);
        report.about(script.name, script.input);
        report.check("its status", status, script.status);
        report.check("its drops, in order", call.log.borrow().as_str(), script.drops);
        report.check("its panics", PANICS.load(Relaxed) - panics, script.panics);
        report.check("registers that changed", changed, 0);
        report.check("blocks of the pool that were not freed", BLOCKS.load(Relaxed) - blocks, 0);
    }
}

/// Guards in a box, a vector and variables, in three functions.
pub(crate) extern "C" fn levels(call: &Call) -> i32 {
    #[inline(never)]
    fn inner(call: &Call, list: Vec<Guard<'_>>, boxed: Box<Guard<'_>>) -> usize {
        let _list = list;
        let boxed = boxed;
        assert!(call.input != 1, "three levels deep");
        boxed.name.len() - 1
    }
    #[inline(never)]
    fn middle(call: &Call) -> usize {
        struct Named<'a>(String, &'a Call);
        impl Drop for Named<'_> {
            fn drop(&mut self) {
                self.1.note(&self.0);
            }
        }
        let _first = call.guard("middle.1");
        let _text = Named(String::from("text"), call);
        let list = Vec::from([call.guard("list.1"), call.guard("list.2")]);
        let length = inner(call, list, Box::new(call.guard("boxed")));
        let _second = call.guard("middle.2");
        length
    }
    #[inline(never)]
    fn outer(call: &Call) -> usize {
        let _guard = call.guard("outer");
        middle(call)
    }
    boundary(|| outer(call) as i32)
}

extern "C" fn bounds(call: &Call) -> i32 {
    boundary(|| {
        let _guard = call.guard("bounds");
        black_box(&[10, 20, 30])[call.input]
    })
}

extern "C" fn unwrap(call: &Call) -> i32 {
    boundary(|| {
        let _guard = call.guard("unwrap");
        let some = (call.input != 0).then_some(1);
        some.unwrap()
    })
}

extern "C" fn borrowed(call: &Call) -> i32 {
    boundary(|| {
        let cell = RefCell::new(call.guard("cell"));
        let _one = black_box(&cell).borrow_mut();
        let other = black_box(&cell).borrow_mut();
        other.name.len() as i32
    })
}

extern "C" fn divide(call: &Call) -> i32 {
    boundary(|| {
        let _guard = call.guard("divide");
        let by = |number: usize| {
            let _guard = call.guard("closure");
            number / call.input
        };
        let by: &dyn Fn(usize) -> usize = black_box(&by);
        by(42) as i32
    })
}

/// Whether the sort has come to the input.
fn compare(call: &Call, one: &u32, other: &u32) -> core::cmp::Ordering {
    assert!(*one as usize != call.input, "in a comparator");
    one.cmp(other)
}

extern "C" fn sort_in_core(call: &Call) -> i32 {
    boundary(|| {
        let _guard = call.guard("compare");
        let mut numbers: [u32; 60] = core::array::from_fn(|n| (n as u32 * 37) % 60);
        numbers.sort_unstable_by(|one, other| compare(call, one, other));
        numbers[0] as i32
    })
}

extern "C" fn sort_in_alloc(call: &Call) -> i32 {
    boundary(|| {
        let _guard = call.guard("compare");
        // Long enough that the sort allocates, and each number has a box that may get lost.
        let mut numbers: Vec<Box<u32>> = (0..2000_u32).map(|n| Box::new((n * 37) % 2000)).collect();
        numbers.sort_by(|one, other| compare(call, one, other));
        *numbers[0] as i32
    })
}

extern "C" fn retain(call: &Call) -> i32 {
    boundary(|| {
        let mut guards = Vec::from(["a", "b", "c", "d"].map(|name| call.guard(name)));
        let mut seen = 0;
        guards.retain(|guard| {
            assert!(seen != call.input, "in retain");
            seen += 1;
            guard.name != "b"
        });
        guards.len() as i32
    })
}

extern "C" fn iterate(call: &Call) -> i32 {
    boundary(|| {
        let check = |n: usize| if n == call.input { panic!("in an iterator") } else { n };
        let items: Vec<(usize, Option<Guard<'_>>)> = (0..4)
            .flat_map(|n| (0..n).chain(core::iter::once(n)))
            .zip(1..)
            .filter_map(|(n, place)| (n % 2 == 0 || place % 2 == 0).then_some((place, n)))
            .map(|(place, _)| check(place))
            .scan(0, |sum, n| {
                *sum += n;
                Some((*sum, (call.input != 99).then(|| call.guard("item"))))
            })
            .collect();
        items.last().map_or(0, |(sum, _)| *sum as i32)
    })
}

extern "C" fn captured(call: &Call) -> i32 {
    let guard = call.guard("captured");
    boundary(move || {
        let guard = guard;
        assert!(call.input != 1, "with a captured guard");
        guard.name.len() as i32 - 8
    })
}

/// What the body returns comes through the boundary by memory, and is dropped once.
extern "C" fn large_result(call: &Call) -> i32 {
    let result = ndis_unwind::catch(|| (black_box([call.input; 96]), call.guard("result")));
    result.map_or(-1, |(numbers, _guard)| numbers.iter().sum::<usize>() as i32)
}

extern "C" fn nested(call: &Call) -> i32 {
    boundary(|| {
        let _outer = call.guard("outer");
        let status = boundary(|| {
            let _inner = call.guard("inner");
            assert!(call.input == 0, "inside");
            0
        });
        if status != 0 {
            call.note("caught");
        }
        assert!(call.input != 2, "outside");
        7
    })
}

/// Panics, and catches that, when it is dropped; `more` times inside of that.
struct Catches<'a> {
    call: &'a Call,
    more: usize,
}

impl Drop for Catches<'_> {
    fn drop(&mut self) {
        let status = boundary(|| {
            let _guard = self.call.guard(if self.more == 0 && self.call.input > 0 { "deepest" } else { "in.drop" });
            let _more = (self.more > 0).then(|| Catches { call: self.call, more: self.more - 1 });
            panic!("in a drop")
        });
        self.call.note(if status == STATUS_UNSUCCESSFUL { "last" } else { "not caught" });
    }
}

pub(crate) extern "C" fn in_a_drop(call: &Call) -> i32 {
    boundary(|| {
        let _catches = Catches { call, more: call.input };
        let _first = call.guard("first");
        panic!("outside of the drop")
    })
}

extern "C" fn in_box_dyn(call: &Call) -> i32 {
    trait Work {
        fn work(self: Box<Self>) -> i32;
    }
    impl Work for Guard<'_> {
        fn work(self: Box<Self>) -> i32 {
            assert!(!self.name.is_empty() && self.name != "dyn", "in a method");
            0
        }
    }
    boundary(|| {
        let _guard = call.guard("box");
        let work: Box<dyn Work + '_> = black_box(Box::new(call.guard("dyn")));
        work.work()
    })
}

extern "C" fn large_frames(call: &Call) -> i32 {
    #[inline(never)]
    fn small(call: &Call) -> u8 {
        let page = black_box([1; 5000]);
        let _guard = call.guard("small");
        assert!(call.input != 1, "above large frames");
        page[call.input]
    }
    #[inline(never)]
    fn large(call: &Call) -> u8 {
        let pages = black_box([1; 70_000]);
        let _guard = call.guard("large");
        small(call) + black_box(&pages)[call.input]
    }
    boundary(|| large(call).into())
}

pub(crate) extern "C" fn clobbered(call: &Call) -> i32 {
    boundary(|| {
        registers::clobbered(call);
        0
    })
}

/// More floating point numbers are alive across a call than a call may destroy.
extern "C" fn floats(call: &Call) -> i32 {
    #[inline(never)]
    fn may_panic(call: &Call) {
        assert!(call.input != 1, "above a frame that saves xmm");
    }
    boundary(|| {
        let _guard = call.guard("floats");
        let numbers: [f64; 9] = black_box([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        let [a, b, c, d, e, f, g, h, i] = numbers;
        may_panic(call);
        (a + b + c + d + e + f + g + h + i) as i32
    })
}

pub(crate) extern "C" fn recursion(call: &Call) -> i32 {
    struct Level<'a>(usize, &'a Cell<usize>);
    impl Drop for Level<'_> {
        fn drop(&mut self) {
            self.1.set(if self.1.get() == self.0 { self.0 + 1 } else { usize::MAX });
        }
    }
    #[inline(never)]
    fn descend(level: usize, dropped: &Cell<usize>) -> usize {
        let _boxed = Box::new(Level(level, dropped));
        assert!(level != 0, "at the end of the recursion");
        black_box(descend(level - 1, dropped)) + 1
    }
    let dropped = Cell::new(0);
    let status = boundary(|| descend(call.input - 1, &dropped) as i32);
    call.note(if dropped.get() == call.input { "all levels in order" } else { "not all levels in order" });
    status
}

/// A boundary is as good after a panic as before.
extern "C" fn again(call: &Call) -> i32 {
    (0..call.input).filter(|n| boundary(|| panic!("number {n}")) == STATUS_UNSUCCESSFUL).count() as i32
}
