//! Prints what a first build of the macro costs, with everything it depends on, against its dependencies alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use ndis_benches::{cpu, folder, median, run, rustc_version, target};

/// Rounds in which everything is built once, one after the other.
const ROUNDS: usize = 3;

/// The dependencies as the macro crate has them.
const SYN: &str = "proc-macro2 = \"1\"\nquote = \"1\"\nsyn = { version = \"3\", default-features = false, features = \
    [\"clone-impls\", \"derive\", \"full\", \"parsing\", \"printing\", \"proc-macro\"] }\n";
const DARLING: &str = "darling = { version = \"0.24\", default-features = false, features = [\"suggestions\"] }\n";

/// The CPU time of one build from nothing, in milliseconds.
fn build(package: &Path, target: &Path) -> f64 {
    let _ = fs::remove_dir_all(target);
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--offline", "--manifest-path"]).arg(package.join("Cargo.toml"));
    cpu(cargo.arg("--target-dir").arg(target).env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS"))
}

fn main() {
    let crates = target().join("cold");
    let macros = folder().join("../macros").canonicalize().unwrap();
    let macros = format!("ndis-macros = {{ path = \"{}\" }}\n", macros.display());
    let subjects = [
        ("syn and quote", SYN.to_owned()),
        ("syn, quote and darling", SYN.to_owned() + DARLING),
        ("`ndis-macros` with all it depends on", macros),
    ];
    let mut times = subjects.clone().map(|_| Vec::new());
    let packages: Vec<_> = subjects.iter().enumerate().map(|(n, _)| crates.join(n.to_string())).collect();
    for (package, (_, dependencies)) in packages.iter().zip(&subjects) {
        // A build script depends on them, so that all are built in the profile of macros.
        ndis_benches::write_crate(package, &format!("[build-dependencies]\n{dependencies}"), "");
        fs::write(package.join("build.rs"), "fn main() {}").unwrap();
        run(Command::new("cargo").args(["fetch", "--quiet", "--manifest-path"]).arg(package.join("Cargo.toml")));
    }
    for _ in 0..ROUNDS {
        for (package, times) in packages.iter().zip(&mut times) {
            times.push(build(package, &crates.join("target")));
        }
    }
    let medians = times.map(median);
    println!("{}\n\nCPU time of a first development build in seconds, median of {ROUNDS} rounds\n", rustc_version());
    println!("| built | s | of syn and quote | of syn, quote and darling |\n|---|---|---|---|");
    for ((title, _), time) in subjects.iter().zip(medians) {
        println!("| {title} | {:.2} | {:.2}× | {:.2}× |", time / 1e3, time / medians[0], time / medians[1]);
    }
}
