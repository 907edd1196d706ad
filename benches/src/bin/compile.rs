//! Prints what a callback costs the compiler: CPU time of rustc for each further function, against other ways to write
//! it.
//!
//! `--full` goes to 1000 functions; `--instructions` counts rustc's instructions with callgrind as well. Each takes
//! more than ten minutes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, mem};

use ndis_benches::{folder, run, rustc_version, target};

/// A way to write the functions: its files, its dependencies, and a title.
const VARIANTS: &[(&str, &str, &str)] = &[
    ("functions", NDIS, "the functions alone"),
    ("hand", NDIS, "by hand, every check"),
    ("hand_macro", NDIS, "by hand in a `macro_rules!`"),
    ("ndis", NDIS, "`#[ndis_callback]`"),
    ("jni_fn", "jni = \"0.21\"\njni_fn = \"0.1\"", "jni_fn"),
    ("safer_ffi", "safer-ffi = { version = \"0.1\", default-features = false, features = [\"std\"] }", "safer-ffi"),
    ("pyo3", "pyo3 = { version = \"0.26\", default-features = false, features = [\"macros\"] }", "pyo3"),
    (
        "napi",
        "napi = { version = \"3\", default-features = false, features = [\"napi4\"] }\nnapi-derive = \"3\"",
        "napi",
    ),
];
const NDIS: &str = "ndis = { path = \"RUNTIME\", features = [\"std\"] }";

/// Rounds in which everything is run once, one after the other.
const ROUNDS: usize = 3;

/// The functions of a variant, `count` of them.
fn source(variant: &str, count: usize) -> String {
    let read = |name: &str| fs::read_to_string(folder().join("compile").join(name)).unwrap();
    let mut code = match variant {
        "functions" => read("ndis.rs"),
        "hand_macro" => read("hand.rs") + &read("hand_macro.rs"),
        _ => read(&format!("{variant}.rs")),
    };
    let each = read(&format!("{variant}_each.rs"));
    for n in 1..=count {
        code += &each.replace("$n", &n.to_string());
    }
    code
}

/// Writes a crate.
fn write(folder: &Path, dependencies: &str, code: &str) {
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"measured\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\n\
         [workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), code).unwrap();
}

/// Builds a crate with its dependencies; rustc's command line for the crate itself.
fn command(folder: &Path, cargo: &str, target: &Path) -> Result<String, String> {
    fs::File::open(folder.join("src/lib.rs")).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
    let output = Command::new("cargo")
        .args([cargo, "--verbose", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = text.lines().rev().find(|line| line.contains("Running `") && line.contains("--crate-name measured"));
    match line {
        Some(line) if output.status.success() => {
            let command = line.trim().trim_start_matches("Running `").trim_end_matches('`');
            Ok(command
                .replace("--error-format=json ", "")
                .replace(" --json=diagnostic-rendered-ansi,artifacts,future-incompat", ""))
        }
        _ => Err(text),
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Usage {
    user: [i64; 2],
    system: [i64; 2],
    rest: [i64; 14],
}

unsafe extern "C" {
    fn getrusage(who: i32, usage: *mut Usage) -> i32;
}

/// CPU time of the children that have ended, in milliseconds.
fn children() -> f64 {
    // SAFETY: all zeros is a value of it.
    let mut usage: Usage = unsafe { mem::zeroed() };
    // SAFETY: the structure is Linux's `struct rusage` on 64-bit processors; -1 is `RUSAGE_CHILDREN`.
    unsafe { getrusage(-1, &mut usage) };
    let ms = |time: [i64; 2]| time[0] as f64 * 1e3 + time[1] as f64 / 1e3;
    ms(usage.user) + ms(usage.system)
}

fn cpu(folder: &Path, command: &str) -> f64 {
    let before = children();
    run(Command::new("sh").arg("-c").arg(format!("exec {command}")).current_dir(folder));
    children() - before
}

fn instructions(folder: &Path, command: &str) -> f64 {
    let out = target().join("rustc.callgrind");
    let valgrind = format!("valgrind --quiet --tool=callgrind --callgrind-out-file={}", out.display());
    let command = match command.find("/rustc --crate-name") {
        Some(_) => command.replacen("/rustc --crate-name", "/RUSTC --crate-name", 1),
        None => command.to_owned(),
    };
    let place = ["/RUSTC", "rustc"].iter().find_map(|name| command.find(&format!("{name} --crate-name"))).unwrap();
    let start = command[..place].rfind(' ').map_or(0, |space| space + 1);
    let rustc = run(Command::new("rustc").args(["--print", "sysroot"]));
    let rest = &command[command.find(" --crate-name").unwrap()..];
    let command = format!("{}{valgrind} {}/bin/rustc{rest}", &command[..start], rustc.trim());
    run(Command::new("sh").arg("-c").arg(command).current_dir(folder));
    let dump = fs::read_to_string(out).unwrap();
    dump.lines().find_map(|line| line.strip_prefix("totals: ")).unwrap().trim().parse().unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The crate of a variant with so many functions, ready to compile.
struct Subject {
    folder: PathBuf,
    commands: BTreeMap<&'static str, String>,
}

fn subject(variant: &str, dependencies: &str, count: usize) -> Result<Subject, String> {
    let crates = target().join("compile");
    let folder = crates.join(format!("{variant}-{count}"));
    let runtime = ndis_benches::folder().join("../runtime").canonicalize().unwrap();
    write(&folder, &dependencies.replace("RUNTIME", runtime.to_str().unwrap()), &source(variant, count));
    let mut commands = BTreeMap::new();
    for cargo in ["check", "build"] {
        commands.insert(cargo, command(&folder, cargo, &crates.join(format!("target-{variant}")))?);
    }
    Ok(Subject { folder, commands })
}

fn per_function(with_instructions: bool) {
    let most = if env::args().any(|argument| argument == "--full") { 1000 } else { 300 };
    let counts: [usize; 3] = [1, 100, most];
    let mut subjects = Vec::new();
    for &(variant, dependencies, title) in VARIANTS {
        let made: Result<Vec<_>, _> = counts.iter().map(|&count| subject(variant, dependencies, count)).collect();
        match made {
            Ok(made) => subjects.push((title, made, [[const { Vec::new() }; 3], [const { Vec::new() }; 3]])),
            Err(error) => {
                let reason = error.lines().find(|line| line.starts_with("error")).unwrap_or("does not build");
                println!("{title}: left out: {reason}\n");
            }
        }
    }
    for _ in 0..ROUNDS {
        for (_, made, times) in &mut subjects {
            for (kind, cargo) in ["check", "build"].into_iter().enumerate() {
                for (place, subject) in made.iter().enumerate() {
                    times[kind][place].push(cpu(&subject.folder, &subject.commands[cargo]));
                }
            }
        }
    }
    let medians: Vec<_> =
        subjects.iter().map(|(title, made, times)| (title, made, times.clone().map(|kind| kind.map(median)))).collect();
    let slope = |times: &[f64; 3]| (times[2] - times[0]) / (counts[2] - counts[0]) as f64;
    let hand =
        medians.iter().find(|(title, ..)| title.starts_with("by hand, every")).unwrap().2.map(|kind| slope(&kind));
    println!("CPU time of rustc in milliseconds, median of {ROUNDS} interleaved rounds\n");
    println!(
        "| functions | check 1 | 100 | {most} | each | of by hand | build 1 | 100 | {most} | each | of by hand | M instructions each, check |"
    );
    println!("|{}", "---|".repeat(12));
    for (title, made, [check, build]) in medians {
        let count = with_instructions.then(|| {
            let [few, many] = [0, 1].map(|place| instructions(&made[place].folder, &made[place].commands["check"]));
            (many - few) / (counts[1] - counts[0]) as f64 / 1e6
        });
        let count = count.map_or("–".into(), |count| format!("{count:.2}"));
        print!("| {title} |");
        for (times, hand) in [(check, hand[0]), (build, hand[1])] {
            let each = slope(&times);
            print!(" {:.0} | {:.0} | {:.0} | {each:.2} | {:.2}× |", times[0], times[1], times[2], each / hand);
        }
        println!(" {count} |");
    }
    println!();
}

fn main() {
    println!("{}\n", rustc_version());
    per_function(env::args().any(|argument| argument == "--instructions"));
}
