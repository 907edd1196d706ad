//! Prints what a callback costs at run time: instructions per call through the C pointer, bytes per added callback.

use ndis_benches::{Build, bytes, instructions, rustc_version};

const SCENARIOS: [&str; 5] = ["ok", "ok, list", "error", "refused", "panic"];

fn main() {
    println!("{}; instructions per call and bytes per added callback\n", rustc_version());
    for kernel in [false, true] {
        for opt_level in ["3", "s"] {
            let build = Build { opt_level, kernel };
            let name = if kernel { "kernel code (no `std`, `panic = \"abort\"`)" } else { "host (`std`)" };
            println!("{name}, opt-level {opt_level}\n");
            println!("| entry | {} | code | unwind tables | sum |", SCENARIOS.join(" | "));
            println!("|---|{}", "---|".repeat(SCENARIOS.len() + 3));
            for (variant, title) in [
                ("bare", "no checks"),
                ("catch", "null checks, `catch_unwind`, match"),
                ("safer_ffi", "null checks, safer-ffi (aborts on panic)"),
                ("hand", "by hand, every check"),
                ("ndis", "`#[ndis_callback]`"),
                ("hand_off", "by hand, without IRQL"),
                ("ndis_off", "`#[ndis_callback]`, `irql = \"off\"`"),
            ] {
                if kernel && ["catch", "safer_ffi"].contains(&variant) {
                    continue;
                }
                // CR8 cannot be read in a process.
                let runs = !kernel || !["hand", "ndis"].contains(&variant);
                let counts = if runs { instructions(variant, build) } else { Default::default() };
                let counts = SCENARIOS.map(|name| counts.get(name).map_or("–".into(), u64::to_string));
                let (code, unwind) = bytes(variant, build);
                println!("| {title} | {} | {code:.0} | {unwind:.0} | {:.0} |", counts.join(" | "), code + unwind);
            }
            println!();
        }
    }
}
