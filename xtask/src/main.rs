//! `cargo xtask windows`: builds and runs Windows binaries from Linux, see `docs/windows.md`.

mod debian;
mod host;
mod i686;
mod kernel;
mod rustup;
mod types;
mod unwind;
mod user;
mod wine;

use std::env;
use std::process::ExitCode;
use std::time::Instant;

use debian::Need;
use host::Host;

/// What a part says it has proven, a line each; or why it failed.
type Outcome = Result<Vec<String>, String>;

/// One part of `cargo xtask windows`.
struct Part {
    name: &'static str,
    about: &'static str,
    needs: &'static [Need],
    run: fn(&Host) -> Outcome,
}

/// All parts, in the order in which they run. A new part is a file with a `PART`, and its line here.
const PARTS: &[Part] = &[types::PART, user::PART, i686::PART, kernel::PART, unwind::PART];

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.split_first() {
        Some((&"windows", rest)) => windows(rest),
        _ => usage("which task?"),
    }
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("{problem}\n\nusage: cargo xtask windows [--install] [PART...]\n");
    eprintln!("  --install  install the Debian packages that are missing (as root; also when CI=true)\n");
    for part in PARTS {
        eprintln!("  {:9}  {}", part.name, part.about);
    }
    ExitCode::from(2)
}

fn windows(arguments: &[&str]) -> ExitCode {
    let (options, names): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|argument| argument.starts_with('-'));
    if let Some(option) = options.iter().find(|option| **option != "--install") {
        return usage(&format!("unknown option {option}"));
    }
    if let Some(name) = names.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        return usage(&format!("unknown part {name}"));
    }
    let parts: Vec<_> = PARTS.iter().filter(|part| names.is_empty() || names.contains(&part.name)).collect();
    let install = !options.is_empty() || env::var("CI").is_ok_and(|ci| ci == "true");
    let started = Instant::now();
    match run(&parts, install) {
        Ok((proven, failed)) => {
            println!("\n=== Windows, in {} s", started.elapsed().as_secs());
            proven.iter().for_each(|line| println!("{line}"));
            failed.iter().for_each(|line| println!("FAILED  {line}"));
            if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the parts; gives back what they have proven, and which failed.
fn run(parts: &[&Part], install: bool) -> Result<(Vec<String>, Vec<String>), String> {
    let host = Host::find()?;
    let _alone = host.lock()?;
    debian::check(&host, parts.iter().flat_map(|part| part.needs).copied(), install)?;
    let (mut proven, mut failed) = (Vec::new(), Vec::new());
    for part in parts {
        println!("\n=== {}: {}", part.name, part.about);
        println!("{}", debian::tools(&host, part.needs)?);
        let outcome = (part.run)(&host);
        // Whatever came of it, it is not of one compiler.
        host.rustup.unchanged()?;
        match outcome {
            Ok(lines) => proven.extend(lines.into_iter().map(|line| format!("{:8}{line}", part.name))),
            Err(problem) => {
                eprintln!("{}: {problem}", part.name);
                failed.push(format!("{}: {}", part.name, problem.lines().next().unwrap_or_default()));
            }
        }
    }
    match wine::left(&host) {
        left if left.is_empty() => {}
        left => failed.push(format!("processes were left behind: {}", left.join(", "))),
    }
    Ok((proven, failed))
}
