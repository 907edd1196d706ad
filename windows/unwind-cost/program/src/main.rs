//! Calls the callbacks of all images, and its own behind `std::panic::catch_unwind`, in turn, and prints what they cost.
//!
//! `program ROUNDS`: the images are in the directory where it starts.

mod clock;
mod image;
mod stack;
mod steps;

use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};

use unwind_cost_callbacks::{Boundary, Callback, Callbacks, NoBoundary};

use crate::clock::Median;

/// A call without a panic is too short for the clock.
const CALLS: u32 = 10_000;
/// How deep the panics are.
const LEVELS: [u32; 4] = [5, 10, 100, 200];
/// Up to here their instructions are counted, of which Wine does some ten thousand in a second.
const COUNTED: u32 = 10;

/// The boundary of `std`.
struct CatchUnwind;

impl Boundary for CatchUnwind {
    #[inline(always)]
    fn run<R>(body: impl FnOnce() -> R) -> Option<R> {
        catch_unwind(AssertUnwindSafe(body)).ok()
    }
}

static WITHOUT: Callbacks = Callbacks::behind::<NoBoundary>();
static CATCH_UNWIND: Callbacks = Callbacks::behind::<CatchUnwind>();

/// One line of the tables.
struct Subject {
    name: &'static str,
    callbacks: &'static Callbacks,
    panics: Panics,
}

/// What may be done with its panics.
#[derive(Clone, Copy, PartialEq)]
enum Panics {
    /// Nothing: they end the process.
    Stop,
    /// They are caught.
    Caught,
    /// And every instruction of that is this program's and the image's, so that they can be counted. In Wine a step
    /// through the system's own unwinding does not come back.
    Counted,
}

impl Subject {
    fn new(name: &'static str, callbacks: &'static Callbacks, panics: Panics) -> Subject {
        Subject { name, callbacks, panics }
    }
}

fn main() {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(1001);
    std::panic::set_hook(Box::new(|_| {}));
    let subjects = [
        Subject::new("none, msvc", image::load(c"msvc-release.dll"), Panics::Stop),
        Subject::new("`catch`, msvc", image::load(c"msvc-contained.dll"), Panics::Counted),
        Subject::new("none, gnu", image::load(c"gnu-release.dll"), Panics::Stop),
        Subject::new("`catch`, gnu", image::load(c"gnu-contained.dll"), Panics::Counted),
        Subject::new("none, `std`", &WITHOUT, Panics::Stop),
        Subject::new("`catch_unwind`, `std`", &CATCH_UNWIND, Panics::Caught),
    ];
    per_callback(&subjects, rounds);
    println!();
    caught(&subjects, rounds);
}

fn per_callback(subjects: &[Subject; 6], rounds: usize) {
    let mut clocks = [const { Median::new() }; 6];
    for _ in 0..rounds {
        for (clock, subject) in clocks.iter_mut().zip(subjects) {
            clock.time(|| call_often(subject.callbacks.short));
        }
    }
    println!("| boundary | instructions | cycles | half of rounds |");
    println!("|---|---|---|---|");
    for (clock, subject) in clocks.iter_mut().zip(subjects) {
        let instructions = steps::count(subject.callbacks.short, 1);
        let [low, median, high] = clock.quartiles().map(|cycles| cycles as f64 / f64::from(CALLS));
        println!("| {} | {instructions} | {median:.1} | {low:.1} to {high:.1} |", subject.name);
    }
}

/// Each call waits for the one before. The caller cannot know what it calls.
#[inline(never)]
fn call_often(callback: Callback) {
    let callback = black_box(callback);
    let mut number = 0;
    for _ in 0..CALLS {
        number = callback(number);
    }
    assert_eq!(number, CALLS);
}

fn caught(subjects: &[Subject; 6], rounds: usize) {
    let mut returning = [const { [const { Median::new() }; LEVELS.len()] }; 6];
    let mut panicking = [const { [const { Median::new() }; LEVELS.len()] }; 6];
    for _ in 0..rounds {
        for (level, levels) in LEVELS.into_iter().enumerate() {
            for (n, subject) in subjects.iter().enumerate() {
                let &Subject { callbacks, panics, .. } = subject;
                if panics == Panics::Stop {
                    continue;
                }
                returning[n][level].time(|| descend(callbacks.returning, levels));
                panicking[n][level].time(|| descend(callbacks.panicking, levels));
            }
        }
    }
    println!(
        "| levels | boundary | instructions | cycles | half of rounds | cycles, returning | bytes of stack | returning |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (level, levels) in LEVELS.into_iter().enumerate() {
        for (n, subject) in subjects.iter().enumerate() {
            let &Subject { name, callbacks, panics } = subject;
            if panics == Panics::Stop {
                continue;
            }
            let [[_, returns, _], [low, cycles, high]] =
                [&mut returning, &mut panicking].map(|clocks| clocks[n][level].quartiles());
            let counted = match panics {
                Panics::Counted if levels <= COUNTED => steps::count(callbacks.panicking, levels).to_string(),
                _ => "–".into(),
            };
            let [quiet, loud] =
                [callbacks.returning, callbacks.panicking].map(|callback| stack::used(|| descend(callback, levels)));
            println!("| {levels} | {name} | {counted} | {cycles} | {low} to {high} | {returns} | {loud} | {quiet} |");
        }
    }
}

fn descend(callback: Callback, levels: u32) {
    assert_eq!(black_box(callback)(levels), levels, "not everything was dropped");
}
