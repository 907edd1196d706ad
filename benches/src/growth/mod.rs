//! Catalogues smaller and bigger than the written one, in copies of the crates, and for each a crate with one callback.

mod cut;
mod fill;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{folder, run, rustc_command, target, write_ndis_crate};

/// All callbacks of NDIS, aliases included.
const ALL: usize = 167;
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

/// A crate with one callback, ready to compile.
pub struct OneCallback {
    /// How many callbacks the catalogue has.
    pub count: usize,
    pub folder: PathBuf,
    pub command: String,
}

/// With catalogues of 10 callbacks, of those that are written, and of all of NDIS.
pub fn one_callback() -> [OneCallback; 3] {
    let crates = target().join("growth");
    let code = ["ndis.rs", "ndis_each.rs"].map(|file| fs::read_to_string(folder().join("compile").join(file)).unwrap());
    let code = code.concat().replace("$n", "1");
    type Make = fn(&Path) -> usize;
    let catalogues: [(&str, Make); 3] =
        [("cut", cut::cut), ("written", |to| fill::fill(to, 0)), ("all", |to| fill::fill(to, ALL))];
    catalogues.map(|(name, make)| {
        let crates = crates.join(name);
        let count = make(&crates.join("ndis"));
        let folder = crates.join("one-callback");
        write_ndis_crate(&folder, &crates.join("ndis/runtime"), &code);
        let command = rustc_command(&folder, "check", &folder.join("target")).unwrap_or_else(|error| panic!("{error}"));
        OneCallback { count, folder, command }
    })
}
