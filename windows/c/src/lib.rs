//! Compiles the C side of the Windows tests, for the build scripts of the crates beside this one: what of it follows
//! from tables (`ndis::sys::layout::LAYOUTS` and the facts) is written here.

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use ndis::sys::layout::{LAYOUTS, Layout};
use ndis_boundary_tests::{FACTS, Facts, c_callers, c_prototypes};

const OWN: &str = "own declarations";
const MINGW: &str = "mingw-w64's ndis.h";

/// Fields that a union has in Rust only: C writes the path through another member.
const NOT_IN_C: [(&str, &str); 1] = [("NDIS_OID_REQUEST_DATA", "Oid")];

/// What mingw-w64 calls differently.
const NAMES_IN_MINGW: [(&str, &str); 1] = [("NET_LUID_LH", "NET_LUID")];

/// What mingw-w64 declares with a last array of one element where the documentation has none: its size differs.
const LONGER_IN_MINGW: [&str; 1] = ["SCATTER_GATHER_LIST"];

/// The switches without which mingw-w64's ndis.h does not compile.
const MINGW_DEFINES: [(&str, &str); 8] = [
    ("_WIN32_WINNT", "0x0601"),
    ("NDIS_MINIPORT_DRIVER", "1"),
    ("NDIS620_MINIPORT", "1"),
    ("NDIS620", "1"),
    ("NDIS_LEGACY_DRIVER", "1"),
    ("NDIS_SUPPORT_NDIS6", "1"),
    ("NDIS_SUPPORT_NDIS61", "1"),
    ("NDIS_SUPPORT_NDIS620", "1"),
];

/// Compiles everything into the crate whose build script this is.
///
/// The numbers that C is to agree with are those of the Rust compiler for the same target, since `ndis` asserts them.
pub fn compile() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let wide = env::var("CARGO_CFG_TARGET_POINTER_WIDTH").unwrap() == "64";
    println!("cargo::rerun-if-changed={}", here.display());
    println!("cargo::rerun-if-changed={FACTS}");
    println!("cargo::rerun-if-changed={}", here.join("../../examples/page-pool/include").display());
    let mut own = cc::Build::new();
    own.include(here.join("include")).include(here.join("../../examples/page-pool/include")).std("gnu11");
    own.warnings(true).extra_warnings(true).warnings_into_errors(true);

    let all: Vec<_> = LAYOUTS.iter().map(|layout| (layout, layout.name)).collect();
    let asserts = layouts(&all, wide, OWN);
    println!("cargo::rustc-env=NDIS_LAYOUT_ASSERTIONS={}", asserts.lines().count());
    let asserts = write(&out, "layouts.c", "ndis_decl.h", &asserts);
    let facts = Facts::read();
    for (file, text) in [("references.c", references(&facts)), ("callers.c", c_callers(&facts))] {
        own.file(write(&out, file, "ndis_decl.h", &(c_prototypes(&facts) + &text)));
    }
    own.file(asserts).compile("ndis_windows_own");

    let mut mingw = cc::Build::new();
    mingw.include(here.join("include")).std("gnu11").warnings(true).warnings_into_errors(true);
    mingw.include("/usr/share/mingw-w64/include/ddk");
    for (name, value) in MINGW_DEFINES {
        mingw.define(name, value);
    }
    let empty = write(&out, "mingw.c", "mingw_ndis.h", "");
    let preprocessed = String::from_utf8(mingw.clone().file(empty).expand()).unwrap();
    let there = declared(&preprocessed);
    assert!(there.len() > 4, "mingw-w64's ndis.h declares almost nothing: {there:?}");
    let asserts = write(&out, "mingw_layouts.c", "mingw_ndis.h", &layouts(&there, wide, MINGW));
    mingw.file(asserts).compile("ndis_windows_mingw");
    let names: Vec<_> = there.iter().map(|(layout, _)| layout.name).collect();
    println!("cargo::rustc-env=NDIS_MINGW_STRUCTS={}", names.join(" "));
}

fn write(out: &Path, file: &str, header: &str, text: &str) -> PathBuf {
    let path = out.join(file);
    fs::write(&path, format!("#include <stddef.h>\n#include \"{header}\"\n{text}")).unwrap();
    path
}

/// Assertions that C lays each structure out as `LAYOUTS` says.
fn layouts(structs: &[(&Layout, &str)], wide: bool, whose: &str) -> String {
    let mut c = String::new();
    let number = |(on64, on32): (usize, usize)| if wide { on64 } else { on32 };
    for (layout, name) in structs {
        let mut same = |what: String, is: String, bytes| {
            let bytes = number(bytes);
            writeln!(c, "_Static_assert({is} == {bytes}, \"{whose}: {what} is not {bytes} as in Rust\");").unwrap();
        };
        if !(whose == MINGW && LONGER_IN_MINGW.contains(name)) {
            same(format!("size of {name}"), format!("sizeof({name})"), layout.size);
        }
        same(format!("alignment of {name}"), format!("_Alignof({name})"), layout.align);
        for (field, offset) in layout.offsets.iter().filter(|(field, _)| !NOT_IN_C.contains(&(layout.name, field))) {
            same(format!("offset of {name}::{field}"), format!("offsetof({name}, {field})"), *offset);
        }
        if whose == OWN {
            for (constant, value) in layout.sizeofs {
                same(constant.to_string(), constant.to_string(), *value);
            }
        }
    }
    c
}

/// References to an entry per callback, each with the C type of its pointer: `entry_` and the callback's name.
///
/// Only a linker that is asked for the table looks for the entries.
fn references(facts: &Facts) -> String {
    let mut c = String::new();
    for callback in &facts.callbacks {
        writeln!(c, "extern __typeof__(*({})0) entry_{};", callback.c_pointer(), callback.name).unwrap();
    }
    c += "void *const entries[] = {\n";
    for callback in &facts.callbacks {
        writeln!(c, "    (void *)entry_{},", callback.name).unwrap();
    }
    c + "};\n"
}

/// The structures of `LAYOUTS` that a preprocessed header declares, with their names there.
fn declared(preprocessed: &str) -> Vec<(&'static Layout, &'static str)> {
    let code = preprocessed.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let code = code.collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for layout in LAYOUTS {
        let other = NAMES_IN_MINGW.iter().find(|(name, _)| *name == layout.name);
        let name = other.map_or(layout.name, |(_, name)| *name);
        if ["struct", "union"].iter().any(|kind| code.contains(&format!("{kind} _{name} {{"))) {
            found.push((layout, name));
        }
    }
    found
}
