//! Builds what is measured and counts: instructions with callgrind, bytes by the linker's sections.

pub mod growth;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, mem};

/// A build of the measured crate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Build {
    /// `3` or `s`.
    pub opt_level: &'static str,
    /// The kernel's code, with `panic = "abort"`, instead of the host's.
    pub kernel: bool,
}

/// Calls that are counted in each scenario.
const CALLS: usize = 240;
/// Numbers of callbacks between which the bytes of one are the slope.
const COUNTS: [usize; 2] = [8, 40];

pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where measured crates are built and measured.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| folder().join("target"), PathBuf::from).join("measured")
}

/// Runs a command that must succeed; its standard output.
pub fn run(command: &mut Command) -> String {
    let output = command.stderr(Stdio::piped()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    if !output.status.success() {
        panic!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn rustc_version() -> String {
    run(Command::new("rustc").arg("--version")).trim().into()
}

/// Builds the program with this many callbacks; its path. A variant is such as `hand` or `hand without irql poison`.
fn program(variant: &str, build: Build, count: usize) -> PathBuf {
    let (variant, without) = variant.split_once(" without ").unwrap_or((variant, ""));
    let mut command = Command::new("cargo");
    command.args(["build", "--quiet", "--release", "--package", "ndis-bench-runtime"]);
    command.arg("--manifest-path").arg(folder().join("Cargo.toml")).arg("--target-dir").arg(target());
    command
        .env("NDIS_BENCH_VARIANT", variant)
        .env("NDIS_BENCH_WITHOUT", without)
        .env("NDIS_BENCH_COUNT", count.to_string());
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", build.opt_level).env_remove("RUSTFLAGS");
    if build.kernel {
        command.env("CARGO_PROFILE_RELEASE_PANIC", "abort");
    } else {
        command.args(["--features", "std"]);
    }
    if variant == "safer_ffi" {
        command.args(["--features", "safer-ffi"]);
    }
    run(&mut command);
    target().join("release/ndis-bench-runtime")
}

/// Instructions per call, by scenario; the C caller's are in it.
pub fn instructions(variant: &str, build: Build) -> BTreeMap<String, u64> {
    let program = program(variant, build, COUNTS[0]);
    let dumps = target().join("callgrind");
    let _ = fs::remove_dir_all(&dumps);
    fs::create_dir_all(&dumps).unwrap();
    run(Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind"])
        .arg(format!("--callgrind-out-file={}", dumps.join("out").display()))
        .arg(program)
        .arg(CALLS.to_string()));
    let mut counts = BTreeMap::new();
    for file in fs::read_dir(&dumps).unwrap() {
        let dump = fs::read_to_string(file.unwrap().path()).unwrap();
        let field = |name: &str| dump.lines().find_map(|line| line.strip_prefix(name));
        if let Some(scenario) = field("desc: Trigger: Client Request: ") {
            let sum: u64 = field("summary: ").unwrap().trim().parse().unwrap();
            counts.insert(scenario.trim().to_owned(), sum / CALLS as u64);
        }
    }
    counts
}

/// Bytes that one more callback adds: of code, and of unwind tables.
pub fn bytes(variant: &str, build: Build) -> (f64, f64) {
    let [few, many] = COUNTS.map(|count| {
        let table = run(Command::new("size").arg("-A").arg(program(variant, build, count)));
        let sum = |names: &[&str]| -> f64 {
            let sections = table.lines().filter_map(|line| {
                let mut words = line.split_whitespace();
                names.contains(&words.next()?).then(|| words.next().unwrap().parse::<f64>().unwrap())
            });
            sections.sum()
        };
        (sum(&[".text"]), sum(&[".eh_frame", ".eh_frame_hdr", ".gcc_except_table"]))
    });
    let added = (COUNTS[1] - COUNTS[0]) as f64;
    ((many.0 - few.0) / added, (many.1 - few.1) / added)
}

/// Lines that the attribute writes for each function, over the committed expansions, by file.
pub fn expansion_lines() -> BTreeMap<String, f64> {
    let expansions = folder().join("../macros/expansions");
    let mut lines = BTreeMap::new();
    for file in fs::read_dir(expansions.join("input")).unwrap() {
        let input = file.unwrap().path();
        let name = input.file_name().unwrap().to_str().unwrap().to_owned();
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        let (before, after) = (read(&input), read(&expansions.join(&name)));
        let attributes = before.lines().filter(|line| line.trim_start().starts_with("#[ndis_callback")).count();
        let code = |text: &str| code_lines(text) as f64;
        if attributes > 0 {
            lines.insert(name, (code(&after) - code(&before)) / attributes as f64);
        }
    }
    lines
}

/// How many lines there are outside documentation.
fn code_lines(text: &str) -> usize {
    let mut in_docs = false;
    let is_code = |line: &&str| {
        let line = line.trim();
        let was_in_docs = in_docs || line.starts_with("/**");
        in_docs = was_in_docs && !line.ends_with("*/");
        !was_in_docs && !line.starts_with("///")
    };
    text.lines().filter(is_code).count()
}

/// Writes a package with this code and these dependencies.
pub fn write_crate(folder: &Path, dependencies: &str, code: &str) {
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"measured\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\n\
         [workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), code).unwrap();
}

/// Writes a package with this code that depends on the `ndis` in `runtime`, with the versions that this repository is
/// tested with: others of what the macro depends on would count differently.
pub fn write_ndis_crate(folder: &Path, runtime: &Path, code: &str) {
    let ndis = format!("ndis = {{ path = \"{}\", features = [\"std\"] }}", runtime.display());
    write_crate(folder, &ndis, code);
    fs::copy(self::folder().join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
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

/// The CPU time of a command that must succeed, in milliseconds.
pub fn cpu(command: &mut Command) -> f64 {
    let before = children();
    run(command);
    children() - before
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Builds a crate with its dependencies; the shell's command line that compiles the crate itself, in cargo's
/// environment, which some macros read.
pub fn rustc_command(folder: &Path, cargo: &str, target: &Path) -> Result<String, String> {
    fs::File::open(folder.join("src/lib.rs")).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
    let output = Command::new("cargo")
        .args([cargo, "-vv", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        // Else pgrx looks for what its own installer noted.
        .env("PGRX_PG_CONFIG_PATH", "pg_config")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = text.lines().rev().find(|line| line.contains("Running `") && line.contains("--crate-name measured"));
    match line {
        Some(line) if output.status.success() => {
            let command = line.trim().trim_start_matches("Running `").trim_end_matches('`');
            let command = command
                .replace("--error-format=json ", "")
                .replace(" --json=diagnostic-rendered-ansi,artifacts,future-incompat", "");
            Ok(format!("exec env {command}"))
        }
        _ => Err(text),
    }
}

/// The instructions of rustc, by callgrind.
pub fn rustc_instructions(folder: &Path, command: &str) -> f64 {
    let out = target().join("rustc.callgrind");
    let valgrind = format!("valgrind --quiet --tool=callgrind --callgrind-out-file={}", out.display());
    let name = command.find("rustc --crate-name").unwrap();
    let path = command[..name].rfind(' ').unwrap() + 1;
    let rustc = run(Command::new("rustc").args(["--print", "sysroot"]));
    let rest = &command[name + "rustc".len()..];
    let command = format!("{}{valgrind} {}/bin/rustc{rest}", &command[..path], rustc.trim());
    run(Command::new("sh").arg("-c").arg(command).current_dir(folder));
    let dump = fs::read_to_string(out).unwrap();
    dump.lines().find_map(|line| line.strip_prefix("totals: ")).unwrap().trim().parse().unwrap()
}

/// The instructions of rustc for each of different callbacks, once each, over those for the functions alone.
pub fn once_each(cargo: &str) -> f64 {
    let crates = target().join("once");
    let code = fs::read_to_string(folder().join("compile/once.rs")).unwrap();
    let is_attribute = |line: &&str| line.starts_with("#[ndis_callback");
    let functions: String = code.split_inclusive('\n').filter(|line| !is_attribute(line)).collect();
    let [alone, entered] = [("functions", &functions), ("entries", &code)].map(|(name, code)| {
        let package = crates.join(name);
        write_ndis_crate(&package, &folder().join("../runtime"), code);
        let command = rustc_command(&package, cargo, &crates.join("target")).unwrap_or_else(|error| panic!("{error}"));
        rustc_instructions(&package, &command)
    });
    (entered - alone) / code.lines().filter(is_attribute).count() as f64
}
