//! The main job as a whole: the committed trace, bad traces, and runs in which something is wrong.

use std::process::{Command, Output};

use page_pool::play::play;
use page_pool::trace;

const TRACE: &str = include_str!("../trace/vmq.trace");

/// Runs the main job with a trace of its own.
fn run(name: &str, text: &str) -> Output {
    let path = std::env::temp_dir().join(format!("page-pool-{}-{name}.trace", std::process::id()));
    std::fs::write(&path, text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_page-pool")).arg(&path).output().unwrap();
    std::fs::remove_file(&path).unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_committed_trace_is_what_the_generator_writes() {
    let output = Command::new(env!("CARGO_BIN_EXE_generate-trace")).output().unwrap();
    assert!(output.status.success());
    assert!(text(&output.stdout) == TRACE, "trace/vmq.trace is not what generate-trace writes");
}

#[test]
fn the_committed_trace_plays_without_a_problem() {
    let account = play(&trace::parse(TRACE).unwrap()).unwrap();
    assert_eq!(account.problems, Vec::<String>::new());
    assert_eq!(account.leaked, 0);
    assert!(account.is_clean());
    let total = account.total;
    assert!(total.requests > 5000, "{total:?}");
    assert_eq!(total.blocks, total.freed);
    assert_eq!(total.requests, total.blocks + total.refused());
    assert_eq!(total.live_blocks, 0);
    // Every way to be refused occurs, and every queue works.
    assert!(total.refused_resources > 0 && total.refused_failure > 0 && total.refused_invalid_parameter > 0);
    assert!(account.queues.iter().all(|queue| queue.blocks > 0));
}

#[test]
fn the_account_is_printed() {
    let output = Command::new(env!("CARGO_BIN_EXE_page-pool")).output().unwrap();
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}");
    for part in ["queue  requests", "peak bytes", "NDIS_STATUS_RESOURCES", "leaks = 0"] {
        assert!(printed.contains(part), "{part} is missing:\n{printed}");
    }
    assert!(!printed.contains("PROBLEM"), "{printed}");
}

#[test]
fn a_malformed_trace_is_named_with_its_line() {
    let output = run("malformed", "vmq-trace 1\nadapter 0 align 64\nqueue 0 3 sugested 256\nhalt 0\n");
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(message.contains("malformed.trace:3: "), "{message}");
    assert!(message.contains("sugested"), "{message}");
}

#[test]
fn a_trace_that_is_not_there_is_said_so() {
    let output = Command::new(env!("CARGO_BIN_EXE_page-pool")).arg("no-such.trace").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("no-such.trace: "));
}

#[test]
fn an_answer_that_the_trace_does_not_expect_fails_the_run() {
    let lines = "vmq-trace 1\nadapter 0 align 64\nqueue 0 3 suggested 256\ncomplete 0 3 expect RESOURCES\nhalt 0\n";
    let output = run("unexpected", lines);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    assert!(printed.contains("PROBLEM: line 4, adapter 0: expected RESOURCES, got NDIS_STATUS_SUCCESS"), "{printed}");
}

#[test]
fn an_account_that_the_trace_does_not_expect_fails_the_run() {
    let lines = "vmq-trace 1\nadapter 0 align 64\nqueue 0 3 suggested 256\ncomplete 0 3\n\
                 halt 0 requests 2 refused 0 freed 1 peak 393280\n";
    let output = run("account", lines);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("PROBLEM: line 5, adapter 0: the consumer counted"));
}

#[test]
fn a_pool_that_is_too_small_is_a_refusal_and_no_leak() {
    let mut lines = String::from("vmq-trace 1\nadapter 0 align 64\n");
    for queue in 1..=7 {
        lines += &format!("queue 0 {queue} suggested 16384\ncomplete 0 {queue}\n");
    }
    lines += "halt 0\n";
    let account = play(&trace::parse(&lines).unwrap()).unwrap();
    assert!(account.total.refused_resources > 0, "{account}");
    assert!(account.problems.iter().all(|problem| problem.contains("expected SUCCESS, got")), "{account}");
    assert_eq!(account.leaked, 0);
}
