//! Writes what `tests/cross_product` includes.

use std::path::Path;
use std::{env, fs};

#[allow(dead_code, unused_imports, unreachable_pub)] // other crates use the rest
#[path = "src/lib.rs"]
mod views;

fn main() {
    let out = env::var_os("OUT_DIR").expect("cargo says where");
    let facts = views::Facts::read();
    for (file, text) in [
        ("fixture.rs", views::fixture(&facts)),
        ("table.rs", views::table(&facts, views::Caller::Rust)),
        ("stand_ins.rs", views::stand_ins(&facts)),
    ] {
        fs::write(Path::new(&out).join(file), text).expect("it can be written there");
    }
    println!("cargo::rerun-if-changed={}", views::FACTS);
    println!("cargo::rerun-if-changed=src");
}
