//! Writes a function per callback, and compiles C's references to all entries, and the assertions that C and Rust lay all
//! structures out alike.

use std::path::Path;
use std::{env, fs};

use ndis_boundary_tests::{Facts, functions};

fn main() {
    let out = env::var_os("OUT_DIR").unwrap();
    let mut text = String::new();
    for function in functions(&Facts::read()) {
        let (name, signature) = (&function.callback, function.signature());
        text +=
            &format!("#[ndis_callback({name}, unsafe(export = \"entry_{name}\"))]\n{signature} {{ anything() }}\n\n");
    }
    fs::write(Path::new(&out).join("functions.rs"), text).unwrap();
    ndis_windows_c::compile();
}
