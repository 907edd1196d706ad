//! What it costs: cycles, as medians of interleaved rounds, and bytes of stack. Nothing here can fail.

use core::arch::x86_64::_rdtsc;
use core::hint::black_box;
use core::mem::MaybeUninit;
use core::sync::atomic::Ordering::Relaxed;

use crate::call::{Call, Callback, QUIET};
use crate::callbacks::{levels, recursion};
use crate::report::Report;

const ROUNDS: usize = 201;
/// A single call without a panic is too short for the clock.
const HAPPY_CALLS: u64 = 10_000;

fn add(number: u64) -> u64 {
    assert!(number != u64::MAX, "never");
    number + 1
}

fn without_boundary() {
    let add = black_box(add as fn(u64) -> u64);
    for n in 0..HAPPY_CALLS {
        black_box(add(n));
    }
}

fn through_catch() {
    let add = black_box(add as fn(u64) -> u64);
    for n in 0..HAPPY_CALLS {
        black_box(ndis_unwind::catch(|| add(n)).unwrap_or(0));
    }
}

fn call(callback: Callback, input: usize) {
    black_box(callback)(&Call::new(input));
}

/// What is measured, and how many calls one measurement is.
const MEASURES: [(&str, u64, fn()); 7] = [
    ("a call without a boundary", HAPPY_CALLS, without_boundary),
    ("the same through catch", HAPPY_CALLS, through_catch),
    ("3 functions, 6 drops, returning", 1, || call(levels, 0)),
    ("3 functions, 6 drops, panicking", 1, || call(levels, 1)),
    ("a panic 10 functions deep, a drop in each", 1, || call(recursion, 10)),
    ("a panic 100 functions deep", 1, || call(recursion, 100)),
    ("a panic 200 functions deep", 1, || call(recursion, 200)),
];

fn cycles(run: fn()) -> u64 {
    // SAFETY: every processor for 64 bits has the counter.
    let start = unsafe { _rdtsc() };
    run();
    // SAFETY: as above.
    unsafe { _rdtsc() - start }
}

pub(crate) fn report(report: &mut Report<'_>) {
    QUIET.store(true, Relaxed);
    let mut samples = [[0; ROUNDS]; MEASURES.len()];
    for round in 0..ROUNDS {
        for (samples, (_, _, run)) in samples.iter_mut().zip(MEASURES) {
            samples[round] = cycles(run);
        }
    }
    for (samples, (name, calls, _)) in samples.iter_mut().zip(MEASURES) {
        samples.sort_unstable();
        let tenths = samples[ROUNDS / 2] * 10 / calls;
        report.say(format_args!("{:>9}.{} cycles  {name}", tenths / 10, tenths % 10));
    }
    report.say(format_args!("{:>11} bytes   of stack, returning", stack_used(|| call(levels, 0))));
    report.say(format_args!("{:>11} bytes   of stack, panicking", stack_used(|| call(levels, 1))));
    QUIET.store(false, Relaxed);
    report.check("figures", MEASURES.len(), 7);
}

/// How much of the painted stack below here does not look painted afterwards.
#[inline(never)]
fn stack_used(run: fn()) -> usize {
    paint(PAINT);
    run();
    paint(0)
}

const PAINT: u64 = 0xA5A5_5A5A_A5A5_5A5A;

/// With a colour, paints the stack below the caller. Without, says how far up from the end the paint is gone.
#[inline(never)]
fn paint(colour: u64) -> usize {
    const WORDS: usize = 4096;
    let mut stack = MaybeUninit::<[u64; WORDS]>::uninit();
    let stack = black_box(stack.as_mut_ptr().cast::<u64>());
    let mut painted = 0;
    for n in 0..WORDS {
        // SAFETY: it is in the array. What is there was written by an earlier call, or is anything.
        unsafe {
            if colour != 0 {
                stack.add(n).write_volatile(colour);
            } else if painted == n && stack.add(n).read_volatile() == PAINT {
                painted += 1;
            }
        }
    }
    (WORDS - painted) * size_of::<u64>()
}
