//! Prints what a bigger catalogue costs a crate with one callback, which has all of `ndis` to read.
//!
//! Callbacks that are not written yet are stood in for by copies of those that are, under other names, each with a
//! structure and constants of its own in `ndis::sys`, whose pointer is one of the family's C types. They are made in a
//! copy of the crates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ndis_benches::{cpu, folder, median, run, rustc_command, rustc_instructions, rustc_version, target, write_crate};

/// All callbacks of NDIS, aliases included.
const ALL: usize = 167;
/// Rounds in which each crate is checked once, one after the other.
const ROUNDS: usize = 31;
const FAMILIES: [&str; 6] = ["shared_memory", "set_options", "miniport", "filter", "protocol", "pd"];

/// Copies the crates, and fills the catalogue up to `count` callbacks; how many it has.
fn grow(to: &Path, count: usize) -> usize {
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

    let files = FAMILIES.map(|family| to.join(format!("catalogue/src/{family}.rs")));
    let entries = files.each_ref().map(|file| entries(&fs::read_to_string(file).unwrap()));
    let written = entries.iter().map(Vec::len).sum();
    let mut stand_ins = vec![String::new(); files.len()];
    let mut sys = String::new();
    let mut prototypes = fs::read_to_string(to.join("runtime/src/c.rs")).unwrap();
    let originals = entries.iter().enumerate().flat_map(|(family, entries)| entries.iter().map(move |e| (family, e)));
    for (n, (family, entry)) in originals.cycle().enumerate().take(count.saturating_sub(written)) {
        stand_ins[family] += &stand_in(entry, n);
        sys += &structure(n);
        let family = format!("\n    {}: ", FAMILIES[family]);
        prototypes = prototypes.replacen(&family, &format!("{family}PSTAND_IN_{n}, "), 1);
    }
    for (file, stand_ins) in files.iter().zip(stand_ins) {
        let code = fs::read_to_string(file).unwrap();
        let end = code.rfind(CLOSING).unwrap();
        fs::write(file, format!("{}{stand_ins}{}", &code[..end], &code[end..])).unwrap();
    }
    fs::write(to.join("runtime/src/c.rs"), prototypes).unwrap();
    let file = to.join("runtime/src/sys/miniport.rs");
    fs::write(&file, fs::read_to_string(&file).unwrap() + &sys).unwrap();
    written.max(count)
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

/// A copy of an entry under other names.
fn stand_in(entry: &str, n: usize) -> String {
    let line = entry.lines().find(|line| line.contains(" = \"")).unwrap();
    let name = line.split_whitespace().next().unwrap();
    let copy = entry.replacen(&format!("{name} = "), &format!("{name}_{n} = "), 1);
    match copy.split_once("            typedef ") {
        Some((before, after)) => {
            let (typedef, after) = after.split_once('\n').unwrap();
            format!("{before}            typedef {typedef}_{n}\n{after}")
        }
        None => copy,
    }
}

/// A structure such as a callback takes, with its constants.
fn structure(n: usize) -> String {
    let constants =
        (0..8).map(|flag| format!("/// A flag.\npub const STAND_IN_{n}_FLAG_{flag}: ULONG = 1 << {flag};\n"));
    format!(
        "/// Stands in.\n#[repr(C)]\n#[derive(Clone, Copy, Debug)]\npub struct STAND_IN_{n} {{\n\
         /// Type, revision and size.\npub Header: NDIS_OBJECT_HEADER,\n/// Flags.\npub Flags: ULONG,\n\
         /// A buffer.\npub Buffer: PVOID,\n/// Its length.\npub Length: ULONG,\n}}\n\
         /// Pointer to one.\npub type PSTAND_IN_{n} = *mut STAND_IN_{n};\n{}",
        constants.collect::<String>()
    )
}

fn main() {
    let crates = target().join("growth");
    let code = ["ndis.rs", "ndis_each.rs"].map(|file| fs::read_to_string(folder().join("compile").join(file)).unwrap());
    let code = code.concat().replace("$n", "1");
    let subjects: Vec<(usize, PathBuf, String)> = [0, ALL]
        .into_iter()
        .map(|count| {
            let grown = crates.join(format!("ndis-{count}"));
            let count = grow(&grown, count);
            let package = crates.join(format!("one-callback-of-{count}"));
            let ndis = format!("ndis = {{ path = \"{}\", features = [\"std\"] }}", grown.join("runtime").display());
            write_crate(&package, &ndis, &code);
            let command = rustc_command(&package, "check", &package.join("target")).unwrap();
            (count, package, command)
        })
        .collect();
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
        println!("| {count} | {:.1} | {:.1} |", median(times), rustc_instructions(package, command) / 1e6);
    }
}
