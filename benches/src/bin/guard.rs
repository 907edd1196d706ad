//! Compares what can be counted exactly with the committed counts; `--bless` writes them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs, process};

use ndis_benches::growth::one_callback;
use ndis_benches::{
    Build, bytes, expansion_lines, folder, instructions, once_each, rustc_command, rustc_instructions, rustc_version,
    target, write_ndis_crate,
};

/// How much worse a count may be, as a part of it. Other linkers and C libraries move some a little.
const TOLERANCE: f64 = 0.02;

fn counts() -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for opt_level in ["3", "s"] {
        let build = Build { opt_level, kernel: false };
        for (scenario, count) in instructions("ndis", build) {
            // The others are mostly the C library's heap and unwinder.
            if ["ok", "error", "refused"].contains(&&*scenario) {
                counts.insert(format!("instructions, {scenario}, opt-level {opt_level}"), count as f64);
            }
        }
        let (code, unwind) = bytes("ndis", build);
        counts.insert(format!("bytes of code, opt-level {opt_level}"), code);
        counts.insert(format!("bytes of unwind tables, opt-level {opt_level}"), unwind);
        let (code, _) = bytes("ndis", Build { opt_level, kernel: true });
        counts.insert(format!("bytes of code, kernel, opt-level {opt_level}"), code);
    }
    for (file, lines) in expansion_lines() {
        counts.insert(format!("lines of expansion, {file}"), lines);
    }
    counts.insert("thousand instructions of rustc, check".into(), check());
    counts.insert(
        "thousand instructions of rustc, build, 17 callbacks once each".into(),
        (once_each("build") / 1e3).round(),
    );
    let [written, more] = one_callback().map(|one| rustc_instructions(&one.folder, &one.command));
    counts.insert("% more instructions of rustc, check, 167 more callbacks".into(), (more / written - 1.0) * 100.0);
    counts
}

/// Thousands of rustc's instructions to check one more callback.
fn check() -> f64 {
    let read = |name: &str| fs::read_to_string(folder().join("compile").join(name)).unwrap();
    let [few, many] = [1, 25].map(|count| {
        let crates = target().join("guard");
        let package = crates.join(count.to_string());
        let functions = (1..=count).map(|n| read("ndis_each.rs").replace("$n", &n.to_string()));
        write_ndis_crate(&package, &folder().join("../runtime"), &(read("ndis.rs") + &functions.collect::<String>()));
        let command =
            rustc_command(&package, "check", &crates.join("target")).unwrap_or_else(|error| panic!("{error}"));
        rustc_instructions(&package, &command)
    });
    ((many - few) / 24e3).round()
}

fn main() {
    let bless = env::args().nth(1).is_some_and(|argument| argument == "--bless");
    let path = folder().join("counts.txt");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let (version, counts) = (rustc_version(), counts());
    if bless {
        let mut text = format!("{version}\n");
        for (name, count) in &counts {
            writeln!(text, "{count:.1} {name}").unwrap();
        }
        fs::write(&path, &text).unwrap();
        return print!("{text}");
    }
    let mut lines = committed.lines();
    let same_compiler = lines.next().is_some_and(|line| line == version);
    let wanted: BTreeMap<&str, f64> =
        lines.filter_map(|line| line.split_once(' ')).map(|(count, name)| (name, count.parse().unwrap())).collect();
    let mut worse = 0;
    for (name, &count) in &counts {
        let compared = same_compiler || name.starts_with("lines");
        let verdict = match wanted.get(&**name) {
            _ if !compared => "not compared: another compiler",
            Some(&wanted) if count > wanted * (1.0 + TOLERANCE) + 0.5 => {
                worse += 1;
                "WORSE"
            }
            Some(&wanted) if count < wanted * (1.0 - TOLERANCE) - 0.5 => "better: bless it",
            Some(_) => "",
            None => {
                worse += 1;
                "NOT COMMITTED"
            }
        };
        let wanted = wanted.get(&**name).map_or(String::new(), |wanted| format!("{wanted:.1}"));
        println!("{count:8.1} {wanted:>8}  {name}  {verdict}");
    }
    if worse > 0 {
        println!("\n{worse} counts are worse than benches/counts.txt. If that is justified:");
        println!("cargo run --manifest-path benches/Cargo.toml --bin guard -- --bless");
        process::exit(1);
    }
}
