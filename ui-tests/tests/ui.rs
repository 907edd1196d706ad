//! What must compile and what must not, and that what must not is said in the project's own words.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The toolchain whose messages are snapshots in `fail/`: the one of the project's CI.
const SNAPSHOTS_ARE_OF: &str = "rustc 1.95.";

#[test]
fn what_is_right_compiles() {
    trybuild::TestCases::new().pass("pass/*.rs");
}

/// The committed expansions deny warnings, so they compile without one in place of the attribute.
#[test]
fn what_the_attribute_writes_compiles_where_it_is_pasted() {
    trybuild::TestCases::new().pass("../macros/expansions/*.rs");
}

#[test]
fn what_is_wrong_is_said_so() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout);
    if !version.starts_with(SNAPSHOTS_ARE_OF) {
        println!("skipped: the messages are compared with {SNAPSHOTS_ARE_OF}x only, and this is {}", version.trim());
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*.rs");
    cases.compile_fail("fail/*/*.rs");
}

/// Every message of the macros is one that a user was shown, in a snapshot. What is said of a result stands beside its outcome.
#[test]
fn every_message_is_in_a_snapshot() {
    /// Messages that no snapshot can have, and why.
    const EXEMPT: &[(&str, &str)] = &[
        ("c_is_wrong_on_x86", "it is for another target than the tests'"),
        ("PANICS_MUST_UNWIND", "it is for the image of a driver, which windows/kernel/check builds"),
    ];

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let diagnostics = root.parent().unwrap().join("macros/src/diagnostics.rs");
    let diagnostics = fs::read_to_string(diagnostics).expect("the macros are beside these tests");
    let mut snapshots = String::new();
    for file in files(&root.join("fail")).iter().filter(|file| file.extension().is_some_and(|ext| ext == "stderr")) {
        snapshots += &fs::read_to_string(file).unwrap();
    }
    let messages = messages(&diagnostics);
    assert!(messages.len() > 40, "the messages are not where they were");
    let mut missing = Vec::new();
    for outcome in ndis_catalogue::Outcome::ALL {
        if !snapshots.contains(outcome.sentence()) {
            missing.push(format!("{outcome:?}"));
        }
    }
    for (name, texts) in &messages {
        let shown = texts.iter().all(|text| fragments(text).all(|fragment| snapshots.contains(fragment)));
        if !shown && !EXEMPT.iter().any(|(exempt, _)| exempt == name) {
            missing.push(name.clone());
        }
    }
    assert!(missing.is_empty(), "messages that are in no .stderr: {missing:?}");
    for (exempt, _) in EXEMPT {
        assert!(messages.iter().any(|(name, _)| name == exempt), "{exempt} is a message no more");
    }
}

/// A note that stands in the library shows its line only where the `rust-src` component is installed.
#[test]
fn no_snapshot_points_into_the_library() {
    let fail = Path::new(env!("CARGO_MANIFEST_DIR")).join("fail");
    for file in files(&fail).iter().filter(|file| file.extension().is_some_and(|ext| ext == "stderr")) {
        let snapshot = fs::read_to_string(file).unwrap();
        let line = snapshot.lines().find(|line| line.contains("$RUST") || line.contains("/library/"));
        assert_eq!(line, None, "{} differs with what is installed", file.display());
    }
}

/// All files below a directory.
fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The constants and functions of diagnostics.rs that are messages, each with the string literals in it.
fn messages(source: &str) -> Vec<(String, Vec<String>)> {
    let mut messages = Vec::new();
    for item in source.split("\npub(crate) ").skip(1) {
        let name = item.trim_start_matches("const ").trim_start_matches("fn ");
        let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
        messages.push((name.into(), literals(item)));
    }
    messages
}

/// The string literals in Rust code, unescaped.
fn literals(code: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut characters = code.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '"' {
            continue;
        }
        let mut literal = String::new();
        while let Some(character) = characters.next() {
            match character {
                '"' => break,
                '\\' => match characters.next() {
                    Some('n') => literal.push('\n'),
                    Some('\n') => while characters.next_if(|next| next.is_whitespace()).is_some() {},
                    Some(escaped) => literal.push(escaped),
                    None => break,
                },
                other => literal.push(other),
            }
        }
        literals.push(literal);
    }
    literals
}

/// What of a format string is the same in every message, line by line.
fn fragments(text: &str) -> impl Iterator<Item = &str> {
    text.split(['{', '}'])
        .step_by(2)
        .flat_map(|constant| constant.lines())
        .map(str::trim)
        .filter(|fragment| fragment.len() > 2)
}
