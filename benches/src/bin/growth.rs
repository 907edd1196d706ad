//! Prints what a bigger catalogue costs a crate with one callback, which has all of `ndis` to read: as it is written, and with
//! all of NDIS's callbacks once more.

use std::process::Command;

use ndis_benches::growth::one_callback;
use ndis_benches::{cpu, median, rustc_instructions, rustc_version};

/// Rounds in which each crate is checked once, one after the other.
const ROUNDS: usize = 31;
fn main() {
    let crates = one_callback();
    let mut times = crates.each_ref().map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (one, times) in crates.iter().zip(&mut times) {
            times.push(cpu(Command::new("sh").arg("-c").arg(&one.command).current_dir(&one.folder)));
        }
    }
    println!("{}\n\n`cargo check` of a crate with one callback, median of {ROUNDS} rounds\n", rustc_version());
    println!("| callbacks in the catalogue | ms of CPU time | M instructions of rustc |\n|---|---|---|");
    for (one, times) in crates.iter().zip(times) {
        let instructions = rustc_instructions(&one.folder, &one.command) / 1e6;
        println!("| {} | {:.1} | {instructions:.2} |", one.count, median(times));
    }
}
