//! A bigger catalogue: callbacks that are not written yet are stood in for by copies of those that are, under other
//! names, each with a structure and constants of its own in `ndis::sys`, whose pointer is one of the family's C types.

use std::fs;
use std::path::Path;

use super::{CLOSING, FAMILIES, copy, entries};

/// Copies the crates and fills the catalogue up to `count` callbacks; how many it has.
pub fn fill(to: &Path, count: usize) -> usize {
    copy(to);
    let files = FAMILIES.map(|family| to.join(format!("catalogue/src/{family}.rs")));
    let entries = files.each_ref().map(|file| entries(&fs::read_to_string(file).unwrap()));
    let written = entries.iter().map(Vec::len).sum();
    let mut stand_ins = vec![String::new(); files.len()];
    let mut sys = String::new();
    let mut prototypes = fs::read_to_string(to.join("runtime/src/c.rs")).unwrap();
    let originals = entries.iter().enumerate().flat_map(|(family, entries)| entries.iter().map(move |e| (family, e)));
    for (n, (family, entry)) in originals.cycle().enumerate().take(count.saturating_sub(written)) {
        stand_ins[family] += &stand_in(entry, n);
        sys += &structure(n);
        let family = format!("\n    {}: ", FAMILIES[family]);
        prototypes = prototypes.replacen(&family, &format!("{family}PSTAND_IN_{n}, "), 1);
    }
    for (file, stand_ins) in files.iter().zip(stand_ins) {
        let code = fs::read_to_string(file).unwrap();
        let end = code.rfind(CLOSING).unwrap();
        fs::write(file, format!("{}{stand_ins}{}", &code[..end], &code[end..])).unwrap();
    }
    fs::write(to.join("runtime/src/c.rs"), prototypes).unwrap();
    let file = to.join("runtime/src/sys/miniport.rs");
    fs::write(&file, fs::read_to_string(&file).unwrap() + &sys).unwrap();
    written.max(count)
}

/// A copy of an entry under other names.
fn stand_in(entry: &str, n: usize) -> String {
    let line = entry.lines().find(|line| line.contains(" = \"")).unwrap();
    let name = line.split_whitespace().next().unwrap();
    let copy = entry.replacen(&format!("{name} = "), &format!("{name}_{n} = "), 1);
    match copy.split_once("            typedef ") {
        Some((before, after)) => {
            let (typedef, after) = after.split_once('\n').unwrap();
            format!("{before}            typedef {typedef}_{n}\n{after}")
        }
        None => copy,
    }
}

/// A structure such as a callback takes, with its constants.
fn structure(n: usize) -> String {
    let constants =
        (0..8).map(|flag| format!("/// A flag.\npub const STAND_IN_{n}_FLAG_{flag}: ULONG = 1 << {flag};\n"));
    format!(
        "/// Stands in.\n#[repr(C)]\n#[derive(Clone, Copy, Debug)]\npub struct STAND_IN_{n} {{\n\
         /// Type, revision and size.\npub Header: NDIS_OBJECT_HEADER,\n/// Flags.\npub Flags: ULONG,\n\
         /// A buffer.\npub Buffer: PVOID,\n/// Its length.\npub Length: ULONG,\n}}\n\
         /// Pointer to one.\npub type PSTAND_IN_{n} = *mut STAND_IN_{n};\n{}",
        constants.collect::<String>()
    )
}
