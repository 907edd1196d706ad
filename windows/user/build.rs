//! Writes what the boundary tests include, and compiles the C that calls, and with it the assertions that C and Rust lay all
//! structures out alike.

use std::path::Path;
use std::{env, fs};

use ndis_boundary_tests::{Caller, Facts, fixture, stand_ins, table};

fn main() {
    let out = env::var_os("OUT_DIR").unwrap();
    let facts = Facts::read();
    for (file, text) in
        [("fixture.rs", fixture(&facts)), ("table.rs", table(&facts, Caller::C)), ("stand_ins.rs", stand_ins(&facts))]
    {
        fs::write(Path::new(&out).join(file), text).unwrap();
    }
    ndis_windows_c::compile();
}
