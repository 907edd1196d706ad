//! A recorder of breaches, values whose drops are counted, and a way to look at an entry that stops the process.
//!
//! Every record is per thread, so that tests do not see each other's.

use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::process::Command;
use std::ptr::without_provenance_mut;
use std::sync::Once;

use ndis::irql::{self, Irql};
use ndis::sys::NDIS_HANDLE;
use ndis::{Breach, BreachKind};

/// A handle of NDIS's own: a value that nobody dereferences.
pub fn ndis_handle(number: usize) -> NDIS_HANDLE {
    without_provenance_mut::<c_void>(number)
}

thread_local! {
    static BREACHES: RefCell<Vec<Breach>> = const { RefCell::new(Vec::new()) };
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static LIVE: Cell<isize> = const { Cell::new(0) };
}

/// Runs `body`, in which panics are expected and not printed, and gives back the breaches that were reported in it.
pub fn record<R>(body: impl FnOnce() -> R) -> (R, Vec<Breach>) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| ndis::breach::set_hook(|breach| BREACHES.with_borrow_mut(|breaches| breaches.push(*breach))));
    BREACHES.take();
    let result = quietly(body);
    (result, BREACHES.take())
}

/// As [`record`], for tests that care what was wrong only.
pub fn kinds<R>(body: impl FnOnce() -> R) -> (R, Vec<BreachKind>) {
    let (result, breaches) = record(body);
    (result, breaches.into_iter().map(|breach| breach.kind).collect())
}

/// Runs `body` and checks that nothing was reported.
#[track_caller]
pub fn unreported<R>(body: impl FnOnce() -> R) -> R {
    let (result, breaches) = record(body);
    assert_eq!(breaches, [], "reported breaches");
    result
}

/// Runs `body` without printing this thread's panics.
pub fn quietly<R>(body: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            QUIET.set(self.0);
        }
    }
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    let _restore = Restore(QUIET.replace(true));
    body()
}

/// Runs `body` at a simulated IRQL, and puts the level back whatever `body` did to it.
pub fn at<R>(level: u8, body: impl FnOnce() -> R) -> R {
    irql::simulate(Irql::from_raw(level), body)
}

/// A value that is counted while it lives.
#[derive(Debug)]
pub struct Tracked(pub u32);

impl Tracked {
    /// Counts one more.
    pub fn new(number: u32) -> Tracked {
        LIVE.set(LIVE.get() + 1);
        Tracked(number)
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        LIVE.set(LIVE.get() - 1);
    }
}

/// How many [`Tracked`] values of this thread live.
pub fn live() -> isize {
    LIVE.get()
}

/// A value whose drop panics. The panic's payload is one that nobody has to free.
#[derive(Debug)]
pub struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        std::panic::panic_any(());
    }
}

/// A panic whose payload is easily freed.
pub fn expected_panic() -> ! {
    std::panic::panic_any(())
}

const CHILD: &str = "NDIS_BOUNDARY_CHILD";

/// What the child process is to do, in the child process.
pub fn child_task() -> Option<String> {
    std::env::var(CHILD).ok()
}

/// Runs the test named `test` of this binary in a child process that has `task` to do, and gives back what it printed
/// to standard error if it aborted, as a stopped machine does. `None`: child processes cannot be run here.
#[track_caller]
pub fn stopped(test: &str, task: &str) -> Option<String> {
    if cfg!(miri) {
        eprintln!("skipped, since Miri runs no child processes: {task}");
        return None;
    }
    let this = std::env::current_exe().unwrap();
    let output = Command::new(this)
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, task)
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        const SIGABRT: i32 = 6;
        assert_eq!(output.status.signal(), Some(SIGABRT), "{task}: {}\n{text}", output.status);
    }
    #[cfg(windows)]
    {
        const FAIL_FAST: u32 = 0xC000_0409;
        assert_eq!(output.status.code(), Some(FAIL_FAST.cast_signed()), "{task}: {}\n{text}", output.status);
    }
    assert!(!output.status.success(), "{task}: {}\n{text}", output.status);
    Some(text)
}

/// The line with which a `std` build stops.
pub fn bugcheck_line(callback: &str, kind: BreachKind) -> String {
    format!("ndis: bugcheck 0xe04e4449: {callback}: {kind}")
}
