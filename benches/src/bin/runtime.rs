//! Prints what a callback costs at run time: instructions per call through the C pointer, bytes per added callback.

use ndis_benches::{Build, bytes, instructions, rustc_version};

const SCENARIOS: [&str; 5] = ["ok", "ok, list", "error", "refused", "panic"];

const ENTRIES: &[(&str, &str)] = &[
    ("bare", "no checks"),
    ("catch", "null checks, `catch_unwind`, match"),
    ("safer_ffi", "null checks, safer-ffi (aborts on panic)"),
    ("hand", "by hand, every check"),
    ("ndis", "`#[ndis_callback]`"),
    ("hand without irql", "by hand, without IRQL"),
    ("ndis without irql", "`#[ndis_callback]`, `irql = \"off\"`"),
];

/// The entry by hand with a check less, to see what each costs. The last is left with what it stages and delivers.
const CHECKS: &[(&str, &str)] = &[
    ("hand", "every check"),
    ("hand without null", "without NULL"),
    ("hand without alignment", "without alignment"),
    ("hand without type", "without the context's type"),
    ("hand without poison", "without poison"),
    ("hand without header", "without the header"),
    ("hand without list", "without the list's pointer"),
    ("hand without irql", "without IRQL"),
    ("hand without catch", "without catching panics"),
    ("hand without null alignment type poison header list irql catch", "without any"),
];

fn print(entries: &[(&str, &str)], build: Build) {
    println!("| entry | {} | code | unwind tables | sum |", SCENARIOS.join(" | "));
    println!("|---|{}", "---|".repeat(SCENARIOS.len() + 3));
    for &(variant, title) in entries {
        if build.kernel && ["catch", "safer_ffi"].contains(&variant) {
            continue;
        }
        // CR8 cannot be read in a process.
        let runs = !build.kernel || !["hand", "ndis"].contains(&variant);
        let counts = if runs { instructions(variant, build) } else { Default::default() };
        let counts = SCENARIOS.map(|name| counts.get(name).map_or("–".into(), u64::to_string));
        let (code, unwind) = bytes(variant, build);
        println!("| {title} | {} | {code:.0} | {unwind:.0} | {:.0} |", counts.join(" | "), code + unwind);
    }
    println!();
}

fn main() {
    println!("{}; instructions per call and bytes per added callback\n", rustc_version());
    for kernel in [false, true] {
        for opt_level in ["3", "s"] {
            let name = if kernel { "kernel code (no `std`, `panic = \"abort\"`)" } else { "host (`std`)" };
            println!("{name}, opt-level {opt_level}\n");
            print(ENTRIES, Build { opt_level, kernel });
        }
    }
    for opt_level in ["3", "s"] {
        println!("the entry by hand, host (`std`), opt-level {opt_level}\n");
        print(CHECKS, Build { opt_level, kernel: false });
    }
}
