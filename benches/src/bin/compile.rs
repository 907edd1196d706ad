//! Prints what a callback costs the compiler: CPU time of rustc for each further function, against other ways to write
//! it.
//!
//! `--full` goes to 1000 functions. `--instructions` counts rustc's instructions and the lines that macros write
//! instead. Either takes more than ten minutes. Names of variants restrict it to those.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use ndis_benches::{
    cpu, folder, median, once_each, run, rustc_command, rustc_instructions, rustc_version, target, write_crate,
};

/// A way to write the functions: its files, its dependencies, and a title.
const VARIANTS: &[(&str, &str, &str)] = &[
    ("functions", NDIS, "the functions alone"),
    ("hand", NDIS, HAND),
    ("hand_macro", NDIS, "by hand in a `macro_rules!`"),
    ("lean", NDIS, "by hand, few checks"),
    ("ndis", NDIS, "`#[ndis_callback]`"),
    ("expanded", NDIS, "its expansion, pasted"),
    ("cxx", "cxx = \"1\"", "cxx"),
    ("jni_fn", "jni = \"0.21\"\njni_fn = \"0.1\"", "jni_fn"),
    ("safer_ffi", "safer-ffi = { version = \"0.1\", default-features = false, features = [\"std\"] }", "safer-ffi"),
    ("pyo3", "pyo3 = { version = \"0.26\", default-features = false, features = [\"macros\"] }", "pyo3"),
    (
        "napi",
        "napi = { version = \"3\", default-features = false, features = [\"napi4\"] }\nnapi-derive = \"3\"",
        "napi",
    ),
    ("pgrx", "pgrx = { version = \"0.18\", default-features = false, features = [\"pg15\"] }", "pgrx's guard"),
];
const HAND: &str = "by hand, every check";
const NDIS: &str = "ndis = { path = \"RUNTIME\", features = [\"std\"] }";

/// Rounds in which everything is run once, one after the other.
const ROUNDS: usize = 3;

/// The functions of a variant, `count` of them.
fn source(variant: &str, count: usize) -> String {
    let read = |name: &str| {
        let code = fs::read_to_string(folder().join("compile").join(name)).unwrap();
        // What the run-time bench leaves out by these is always there.
        code.split_inclusive('\n').filter(|line| !line.contains("(without = ")).collect::<String>()
    };
    let repeated = |each: &str| (1..=count).map(|n| each.replace("$n", &n.to_string())).collect::<String>();
    let once = match variant {
        "functions" => read("ndis.rs"),
        "hand" => read("hand_driver.rs") + &read("hand.rs"),
        "hand_macro" => read("hand_driver.rs") + &read("hand.rs") + &read("hand_entry.rs"),
        "cxx" => read("cxx.rs").replace("$declarations\n", &repeated(&read("cxx_declaration.rs"))),
        _ => read(&format!("{variant}.rs")),
    };
    let each = match variant {
        "hand" => read("hand_each.rs") + &written_out(&read("hand_entry.rs")),
        "hand_macro" => read("hand_each.rs") + "hand_entry!(allocate_$n, entry_$n);\n",
        _ => read(&format!("{variant}_each.rs")),
    };
    once + &repeated(&each)
}

/// What the macro that is defined here makes of each function.
fn written_out(definition: &str) -> String {
    let (begin, end) = (definition.find("=> {\n").unwrap() + 4, definition.rfind("\n    };\n").unwrap());
    definition[begin..end].replace("$function", "allocate_$n").replace("$entry", "entry_$n")
}

/// What macros make of a crate, in which `command` compiles it.
fn expanded(folder: &Path, command: &str) -> String {
    let command = format!("{command} -Zunpretty=expanded");
    let code = run(Command::new("sh").arg("-c").arg(command).current_dir(folder).env("RUSTC_BOOTSTRAP", "1"));
    let of_the_prelude = ["#![feature(prelude_import)]", "extern crate std;", "#[macro_use]", "#[prelude_import]"];
    let is_ours = |line: &&str| !of_the_prelude.contains(line) && !line.starts_with("use std::prelude::");
    code.lines().filter(is_ours).flat_map(|line| [line, "\n"]).collect()
}

/// The crate of a variant with so many functions, ready to compile.
struct Subject {
    folder: PathBuf,
    commands: BTreeMap<&'static str, String>,
    /// Lines of the crate when all macros are expanded, without documentation.
    lines: usize,
}

fn subject(variant: &str, dependencies: &str, count: usize) -> Result<Subject, String> {
    let crates = target().join("compile");
    let folder = crates.join(format!("{variant}-{count}"));
    let runtime = ndis_benches::folder().join("../runtime").canonicalize().unwrap();
    let code = match variant {
        "expanded" => {
            let subject = subject("ndis", dependencies, count)?;
            expanded(&subject.folder, &subject.commands["check"])
        }
        _ => source(variant, count),
    };
    write_crate(&folder, &dependencies.replace("RUNTIME", runtime.to_str().unwrap()), &code);
    let mut commands = BTreeMap::new();
    for cargo in ["check", "build"] {
        commands.insert(cargo, rustc_command(&folder, cargo, &crates.join(format!("target-{variant}")))?);
    }
    let code = expanded(&folder, &commands["check"]);
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("///");
    let lines = code.lines().filter(is_code).count();
    Ok(Subject { folder, commands, lines })
}

/// The crates of every variant, of so many functions each; a variant that does not build is left out.
fn subjects<const N: usize>(counts: [usize; N]) -> Vec<(&'static str, Vec<Subject>)> {
    let mut subjects = Vec::new();
    let wanted: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_wanted = |variant: &str| wanted.is_empty() || wanted.iter().any(|name| name == variant);
    for &(variant, dependencies, title) in VARIANTS.iter().filter(|(variant, ..)| is_wanted(variant)) {
        match counts.iter().map(|&count| subject(variant, dependencies, count)).collect() {
            Ok(made) => subjects.push((title, made)),
            Err(error) => {
                // Build scripts write theirs indented, such as that PostgreSQL's `pg_config` is missing.
                let is_reason =
                    |line: &&str| ["error", "Error: "].iter().any(|start| line.trim_start().starts_with(start));
                let reasons: Vec<&str> = error.lines().filter(is_reason).map(str::trim).take(2).collect();
                println!("{title}: left out: {}\n", if reasons.is_empty() { error } else { reasons.join("; ") });
            }
        }
    }
    subjects
}

fn cpu_time(most: usize) {
    let counts = [1, 100, most];
    let subjects = subjects(counts);
    let mut times = vec![[const { [const { Vec::new() }; 3] }; 2]; subjects.len()];
    for _ in 0..ROUNDS {
        for ((_, made), times) in subjects.iter().zip(&mut times) {
            for (kind, cargo) in ["check", "build"].into_iter().enumerate() {
                for (place, subject) in made.iter().enumerate() {
                    let mut rustc = Command::new("sh");
                    rustc.arg("-c").arg(&subject.commands[cargo]).current_dir(&subject.folder);
                    times[kind][place].push(cpu(&mut rustc));
                }
            }
        }
    }
    let medians: Vec<_> = times.into_iter().map(|times| times.map(|kind| kind.map(median))).collect();
    let slope = |times: &[f64; 3]| (times[2] - times[0]) / (counts[2] - counts[0]) as f64;
    let hand = subjects.iter().position(|(title, _)| *title == HAND).expect("`hand`, to compare with");
    let hand = medians[hand].map(|kind| slope(&kind));
    println!("CPU time of rustc in milliseconds, median of {ROUNDS} interleaved rounds\n");
    println!(
        "| functions | check 1 | 100 | {most} | each | of by hand | build 1 | 100 | {most} | each | of by hand |\n|{}",
        "---|".repeat(11)
    );
    for ((title, _), kinds) in subjects.iter().zip(medians) {
        print!("| {title} |");
        for (times, hand) in kinds.iter().zip(hand) {
            let each = slope(times);
            print!(" {:.0} | {:.0} | {:.0} | {each:.2} | {:.2}× |", times[0], times[1], times[2], each / hand);
        }
        println!();
    }
}

fn instructions() {
    let counts = [1, 25];
    println!("rustc's instructions for each function by callgrind, slope from {} to {}\n", counts[0], counts[1]);
    println!("| functions | M, check | M, build | lines when expanded |\n|---|---|---|---|");
    for (title, made) in subjects(counts) {
        let slope = |of: &dyn Fn(&Subject) -> f64| (of(&made[1]) - of(&made[0])) / (counts[1] - counts[0]) as f64;
        let [check, build] = ["check", "build"]
            .map(|cargo| slope(&|made| rustc_instructions(&made.folder, &made.commands[cargo]) / 1e6));
        println!("| {title} | {check:.2} | {build:.2} | {:.0} |", slope(&|made| made.lines as f64));
    }
    let [check, build] = ["check", "build"].map(|cargo| once_each(cargo) / 1e6);
    println!("\n17 callbacks once each, M over the functions alone: check {check:.2}, build {build:.2} each");
}

fn main() {
    println!("{}\n", rustc_version());
    let is_given = |option: &str| env::args().any(|argument| argument == option);
    match is_given("--instructions") {
        true => instructions(),
        false => cpu_time(if is_given("--full") { 1000 } else { 300 }),
    }
}
