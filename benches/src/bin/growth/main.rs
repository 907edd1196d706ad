//! Prints what a bigger catalogue costs a crate with one callback, which has all of `ndis` to read.
//!
//! Smaller and bigger catalogues than the written one are made in copies of the crates.

mod cut;
mod fill;

use std::fs;
use std::path::Path;
use std::process::Command;

use ndis_benches::{cpu, folder, median, run, rustc_command, rustc_instructions, rustc_version, target, write_crate};

/// All callbacks of NDIS, aliases included.
const ALL: usize = 167;
/// Rounds in which each crate is checked once, one after the other.
const ROUNDS: usize = 31;
/// The catalogue's families.
const FAMILIES: [&str; 6] = ["shared_memory", "set_options", "miniport", "filter", "protocol", "pd"];

/// Copies the crates.
fn copy(to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for part in ["Cargo.toml", "README.md", "catalogue", "macros", "runtime"] {
        run(Command::new("cp").arg("-r").arg(folder().join("..").join(part)).arg(to));
    }
    let manifest = fs::read_to_string(to.join("Cargo.toml")).unwrap();
    let members = manifest.lines().map(|line| match line.starts_with("members = ") {
        true => "members = [\"catalogue\", \"macros\", \"runtime\"]\n".into(),
        false => format!("{line}\n"),
    });
    fs::write(to.join("Cargo.toml"), members.collect::<String>()).unwrap();
}

/// The end of a family, and that of an entry.
const CLOSING: &str = "\n        }\n    };\n";
const ENTRY_CLOSING: &str = "\n        }\n";

/// The entries of a family's file, each from its documentation to its brace.
fn entries(code: &str) -> Vec<String> {
    let begin = code.find("$view! {").unwrap();
    let begin = begin + code[begin..].find('\n').unwrap();
    let entries = &code[begin..code.rfind(CLOSING).unwrap()];
    entries.split_inclusive(ENTRY_CLOSING).map(str::to_owned).filter(|entry| entry.contains("since")).collect()
}

fn main() {
    let crates = target().join("growth");
    let code = ["ndis.rs", "ndis_each.rs"].map(|file| fs::read_to_string(folder().join("compile").join(file)).unwrap());
    let code = code.concat().replace("$n", "1");
    type Make = fn(&Path) -> usize;
    let catalogues: [(&str, Make); 3] =
        [("cut", cut::cut), ("written", |to| fill::fill(to, 0)), ("all", |to| fill::fill(to, ALL))];
    let subjects = catalogues.map(|(name, make)| {
        let crates = crates.join(name);
        let count = make(&crates.join("ndis"));
        let package = crates.join("one-callback");
        let ndis = format!("ndis = {{ path = \"{}\", features = [\"std\"] }}", crates.join("ndis/runtime").display());
        write_crate(&package, &ndis, &code);
        let command =
            rustc_command(&package, "check", &package.join("target")).unwrap_or_else(|error| panic!("{error}"));
        (count, package, command)
    });
    let mut times = subjects.iter().map(|_| Vec::new()).collect::<Vec<_>>();
    for _ in 0..ROUNDS {
        for ((_, package, command), times) in subjects.iter().zip(&mut times) {
            let mut rustc = Command::new("sh");
            times.push(cpu(rustc.arg("-c").arg(command).current_dir(package)));
        }
    }
    println!("{}\n\n`cargo check` of a crate with one callback, median of {ROUNDS} rounds\n", rustc_version());
    println!("| callbacks in the catalogue | ms of CPU time | M instructions of rustc |\n|---|---|---|");
    for ((count, package, command), times) in subjects.iter().zip(times) {
        println!("| {count} | {:.1} | {:.2} |", median(times), rustc_instructions(package, command) / 1e6);
    }
}
