//! Rustup's Windows targets. Which are there is settled when a run starts; a run in which that changes fails.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Rustup's Windows targets when the run started, a line each: for the scripts, and from who started this program.
pub(crate) const VARIABLE: &str = "NDIS_RUSTUP_TARGETS";

/// The Windows targets of the compiler that runs this.
#[derive(Debug)]
pub(crate) struct Rustup {
    /// Where the compiler keeps its targets.
    rustlib: PathBuf,
    at_start: BTreeSet<String>,
}

impl Rustup {
    pub(crate) fn find(rustlib: PathBuf) -> Rustup {
        let at_start = match env::var(VARIABLE) {
            Ok(told) => told.lines().map(str::to_owned).collect(),
            Err(_) => targets(&rustlib),
        };
        Rustup { rustlib, at_start }
    }

    /// Whether there is a standard library for `target`.
    pub(crate) fn has(&self, target: &str) -> bool {
        self.at_start.contains(target)
    }

    /// What [`VARIABLE`] is for the scripts.
    pub(crate) fn told(&self) -> String {
        self.at_start.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Fails, with a line for each target that came or went.
    pub(crate) fn unchanged(&self) -> Result<(), String> {
        let now = targets(&self.rustlib);
        let gone = self.at_start.difference(&now);
        let gone = gone.map(|target| format!("rustup's target {target} was there when the run started and is not now"));
        let come = now.difference(&self.at_start);
        let come = come.map(|target| format!("rustup's target {target} was not there when the run started and is now"));
        let changes: Vec<_> = gone.chain(come).collect();
        if changes.is_empty() { Ok(()) } else { Err(changes.join("\n")) }
    }
}

fn targets(rustlib: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(rustlib).into_iter().flatten().flatten();
    let windows = entries.filter(|entry| entry.path().join("lib").is_dir());
    windows
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("-windows-"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_comes_or_goes_is_noticed() {
        let rustlib = env::temp_dir().join(format!("xtask-rustlib-{}", std::process::id()));
        let library = |target: &str| rustlib.join(target).join("lib");
        for target in ["x86_64-pc-windows-gnu", "x86_64-unknown-linux-gnu"] {
            fs::create_dir_all(library(target)).unwrap();
        }
        let rustup = Rustup { rustlib: rustlib.clone(), at_start: targets(&rustlib) };
        assert_eq!(rustup.told(), "x86_64-pc-windows-gnu");
        assert_eq!(rustup.unchanged(), Ok(()));

        fs::remove_dir_all(library("x86_64-pc-windows-gnu")).unwrap();
        let gone = "rustup's target x86_64-pc-windows-gnu was there when the run started and is not now";
        assert_eq!(rustup.unchanged(), Err(gone.into()));
        assert!(rustup.has("x86_64-pc-windows-gnu"), "the choice of a run does not change");

        fs::create_dir_all(library("i686-pc-windows-gnu")).unwrap();
        let come = "rustup's target i686-pc-windows-gnu was not there when the run started and is now";
        assert_eq!(rustup.unchanged(), Err(format!("{gone}\n{come}")));
        fs::remove_dir_all(rustlib).unwrap();
    }
}
