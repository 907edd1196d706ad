//! User mode: the test suites as Windows programs under Wine, and calls from C.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::debian::Need;
use crate::host::{Host, X86_64_GNU, checked, printed, shown};
use crate::wine::Wine;
use crate::{Outcome, Part};

pub(crate) const PART: Part = Part {
    name: "user",
    about: "the tests and the main job run as Windows programs, and C calls every entry",
    needs: &[Need::Rust(X86_64_GNU), Need::Mingw(X86_64_GNU), Need::Wine],
    run,
};

fn run(host: &Host) -> Outcome {
    let wine = Wine::start(host)?;
    let absent = absent(host)?;
    let mut proven = Vec::new();

    let by_c = ["test", "--manifest-path", "windows/user/Cargo.toml", "--tests"];
    let by_c = tests(cargo(host, &wine, &absent, &by_c).args(["--", "--show-output"]))?;
    proven.extend(by_c.said);
    let callbacks = ndis_catalogue::all().count();
    proven.push(format!("the boundary tests pass, in which C calls the entry of each of {callbacks} callbacks"));

    let suites = ["test", "-p", "ndis", "-p", "ndis-sim", "-p", "page-pool", "--features", "ndis/std"];
    let suites = tests(&mut cargo(host, &wine, &absent, &suites))?;
    let passed = suites.passed;
    proven.push(format!("{passed} tests of `ndis` (feature `std`), `ndis-sim` and `page-pool` pass under Wine"));

    let job = ["run", "--quiet", "-p", "page-pool", "--bin", "page-pool", "--features", "ndis/std"];
    let account = printed(&mut cargo(host, &wine, &absent, &job))?;
    print!("{account}");
    let Some(line) = account.lines().find(|line| line.contains("leaks = 0")) else {
        return Err("the main job's account does not say `leaks = 0`".into());
    };
    proven.push(format!("the main job, its consumer compiled by mingw-w64: {}", line.trim()));
    Ok(proven)
}

/// Cargo, whose programs run under Wine.
fn cargo(host: &Host, wine: &Wine, absent: &Path, arguments: &[&str]) -> Command {
    let mut cargo = host.cargo(X86_64_GNU, "std,panic_unwind", arguments);
    wine.environment(&mut cargo);
    let link = format!("-C link-arg={}", absent.display());
    cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", &wine.program);
    cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS", &link).env("RUSTDOCFLAGS", &link);
    cargo
}

/// What came of a `cargo test`.
struct Tests {
    passed: u32,
    /// What tests that passed have printed.
    said: Vec<String>,
}

fn tests(cargo: &mut Command) -> Result<Tests, String> {
    let mut child = cargo.stdout(Stdio::piped()).spawn().map_err(|error| format!("{}: {error}", shown(cargo)))?;
    let mut tests = Tests { passed: 0, said: Vec::new() };
    for line in BufReader::new(child.stdout.take().expect("it is piped")).lines() {
        let line = line.map_err(|error| format!("{}: {error}", shown(cargo)))?;
        let line = line.trim_end();
        println!("{line}");
        if let Some(rest) = line.strip_prefix("test result: ok. ") {
            tests.passed += rest.split(' ').next().and_then(|number| number.parse::<u32>().ok()).unwrap_or(0);
        }
        if let Some(said) = line.strip_prefix("proven: ") {
            tests.said.push(said.to_owned());
        }
    }
    let status = child.wait().map_err(|error| format!("{}: {error}", shown(cargo)))?;
    match (status.success(), tests.passed) {
        (false, _) => Err(format!("{status}: {}", shown(cargo))),
        (true, 0) => Err("no test was run".into()),
        _ => Ok(tests),
    }
}

/// A library of NDIS functions that are not there, see `windows/c/absent.c`.
fn absent(host: &Host) -> Result<PathBuf, String> {
    let declarations = host.root.join("runtime/src/sys/functions.rs");
    let declarations = fs::read_to_string(&declarations).map_err(|error| error.to_string())?;
    let folder = host.out.join("absent");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let library = folder.join("libabsent.a");
    let mut archive = Command::new("x86_64-w64-mingw32-ar");
    archive.arg("rcs").arg(&library);
    for line in declarations.lines() {
        let Some((name, _)) = line.trim().strip_prefix("pub fn ").and_then(|rest| rest.split_once('(')) else {
            continue;
        };
        let object = folder.join(format!("{name}.o"));
        let mut gcc = Command::new("x86_64-w64-mingw32-gcc");
        gcc.arg("-c").arg(format!("-DABSENT={name}")).arg("-o").arg(&object);
        checked(gcc.arg(host.root.join("windows/c/absent.c")))?;
        archive.arg(object);
    }
    checked(&mut archive)?;
    Ok(library)
}
