//! Writes the measured functions: `COUNT` of them, entered by `VARIANT`, `WITHOUT` these checks.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const VARIANTS: &str = r#""bare", "catch", "safer_ffi", "hand", "ndis""#;
const CHECKS: &str = r#""null", "alignment", "type", "poison", "header", "list", "irql", "catch""#;

fn main() {
    println!("cargo:rerun-if-env-changed=NDIS_BENCH_VARIANT");
    println!("cargo:rerun-if-env-changed=NDIS_BENCH_WITHOUT");
    println!("cargo:rerun-if-env-changed=NDIS_BENCH_COUNT");
    println!("cargo:rustc-check-cfg=cfg(variant, values({VARIANTS}))");
    println!("cargo:rustc-check-cfg=cfg(without, values({CHECKS}))");
    let variant = env::var("NDIS_BENCH_VARIANT").unwrap_or("ndis".into());
    let count: u32 = env::var("NDIS_BENCH_COUNT").map_or(8, |count| count.parse().unwrap());
    println!("cargo:rustc-cfg=variant=\"{variant}\"");
    for check in env::var("NDIS_BENCH_WITHOUT").iter().flat_map(|checks| checks.split_whitespace()) {
        println!("cargo:rustc-cfg=without=\"{check}\"");
    }
    let mut code = String::new();
    for n in 1..=count {
        writeln!(code, "callback!(f{n}, {n});").unwrap();
    }
    let entries: Vec<String> = (1..=count).map(|n| format!("entry!(f{n})")).collect();
    writeln!(code, "pub static ENTRIES: &[Allocate] = &[{}];", entries.join(", ")).unwrap();
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("callbacks.rs"), code).unwrap();
}
