//! Prints what a bigger catalogue costs a crate with one callback, which has all of `ndis` to read.
//!
//! Callbacks that are not written yet are stood in for by copies of those that are, under other names, each with a
//! structure and constants of its own in `ndis::sys`, whose pointer is one of the family's C types. A small catalogue
//! is without some families, and with them what `ndis` has for these. Both are made in copies of the crates.

use std::fs;
use std::path::Path;
use std::process::Command;

use ndis_benches::{cpu, folder, median, run, rustc_command, rustc_instructions, rustc_version, target, write_crate};

/// All callbacks of NDIS, aliases included.
const ALL: usize = 167;
/// What the small catalogue is without: families, and an entry. That leaves 10 callbacks.
const CUT_FAMILIES: [&str; 3] = ["filter", "protocol", "pd"];
const CUT_ENTRY: &str = "MINIPORT_ISR";
/// Rounds in which each crate is checked once, one after the other.
const ROUNDS: usize = 31;
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

/// Copies the crates and fills the catalogue up to `count` callbacks; how many it has.
fn grown(to: &Path, count: usize) -> usize {
    copy(to);
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

/// Copies the crates and cuts the catalogue; how many callbacks it has.
fn cut(to: &Path) -> usize {
    copy(to);
    let edit = |file: &str, edit: &dyn Fn(String) -> String| {
        let file = to.join(file);
        fs::write(&file, edit(fs::read_to_string(&file).unwrap())).unwrap();
    };
    let is_cut = |line: &str| {
        CUT_FAMILIES.iter().any(|family| {
            let names = ["mod #;", "use #::", "super::#::", "crate::#!", "    #: "];
            names.iter().any(|name| line.contains(&name.replace('#', family)))
        })
    };
    let without_lines = |code: String| code.split_inclusive('\n').filter(|line| !is_cut(line)).collect::<String>();
    let rooms = CUT_FAMILIES.map(|family| fs::read_to_string(to.join(format!("runtime/src/sys/{family}.rs"))).unwrap());
    let items: Vec<&str> = rooms.iter().flat_map(|room| room.lines().filter_map(item)).collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let names_cut = |part: &str| part.split(|c| !is_word(c)).any(|word| items.contains(&word));
    let without_parts =
        |code: String| code.split("\n\n").filter(|part| !names_cut(part)).collect::<Vec<_>>().join("\n\n");

    for file in ["catalogue/src/lib.rs", "runtime/src/lib.rs", "runtime/src/c.rs", "runtime/src/sys/mod.rs"] {
        edit(file, &without_lines);
    }
    for file in ["runtime/src/sys/functions.rs", "runtime/src/sys/layout.rs"] {
        edit(file, &|code| without_parts(without_lines(code)));
    }
    edit("catalogue/src/lib.rs", &|code| code.replace(&format!(" {}", CUT_FAMILIES.join(" ")), ""));
    edit("catalogue/src/miniport.rs", &|code| {
        let entry = entries(&code).into_iter().find(|entry| entry.contains(&format!("{CUT_ENTRY} = "))).unwrap();
        code.replace(&entry, "")
    });
    edit("runtime/src/outcome.rs", &|code| code.replace(", FILTER_ATTACH}", "}").replace(" = FILTER_ATTACH", ""));
    let left = FAMILIES.iter().filter(|family| !CUT_FAMILIES.contains(family));
    left.map(|family| entries(&fs::read_to_string(to.join(format!("catalogue/src/{family}.rs"))).unwrap()).len()).sum()
}

/// The name of the item that a line of `ndis::sys` begins.
fn item(line: &str) -> Option<&str> {
    let item =
        ["pub type ", "pub struct ", "pub union ", "pub const "].iter().find_map(|kind| line.strip_prefix(kind))?;
    item.split(|c: char| !c.is_alphanumeric() && c != '_').next()
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
    type Make = fn(&Path) -> usize;
    let catalogues: [(&str, Make); 3] = [("cut", cut), ("written", |to| grown(to, 0)), ("all", |to| grown(to, ALL))];
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
