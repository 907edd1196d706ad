//! A smaller catalogue: some families are cut from the written one, and with them what `ndis` has for these, and an
//! entry that nothing else names.

use std::fs;
use std::path::Path;

use super::{FAMILIES, copy, entries};

/// Families that it is without, and an entry: 10 callbacks are left.
const WITHOUT: [&str; 3] = ["filter", "protocol", "pd"];
const WITHOUT_ENTRY: &str = "MINIPORT_ISR";

/// Copies the crates and cuts the catalogue; how many callbacks it has.
pub fn cut(to: &Path) -> usize {
    copy(to);
    let edit = |file: &str, edit: &dyn Fn(String) -> String| {
        let file = to.join(file);
        fs::write(&file, edit(fs::read_to_string(&file).unwrap())).unwrap();
    };
    // A module of the family, or one of its lines in a list of families.
    let is_cut = |line: &str| {
        WITHOUT.iter().any(|family| {
            let names = ["mod #;", "use #::", "super::#::", "crate::#!", "    #: "];
            names.iter().any(|name| line.contains(&name.replace('#', family)))
        })
    };
    let without_lines = |code: String| code.split_inclusive('\n').filter(|line| !is_cut(line)).collect::<String>();
    // A function or a layout whose paragraph names a C item of the family.
    let rooms = WITHOUT.map(|family| fs::read_to_string(to.join(format!("runtime/src/sys/{family}.rs"))).unwrap());
    let items: Vec<&str> = rooms.iter().flat_map(|room| room.lines().filter_map(item)).collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let names_cut = |part: &str| part.split(|c| !is_word(c)).any(|word| items.contains(&word));
    let without_parts =
        |code: String| code.split("\n\n").filter(|part| !names_cut(part)).collect::<Vec<_>>().join("\n\n");

    for file in ["catalogue/src/lib.rs", "runtime/src/lib.rs", "runtime/src/c.rs", "runtime/src/sys/mod.rs"] {
        edit(file, &without_lines);
    }
    for file in ["runtime/src/sys/functions.rs", "runtime/src/sys/layout.rs"] {
        edit(file, &|code| without_parts(without_lines(code)));
    }
    edit("catalogue/src/lib.rs", &|code| code.replace(&format!(" {}", WITHOUT.join(" ")), ""));
    edit("catalogue/src/miniport.rs", &|code| {
        let entry = entries(&code).into_iter().find(|entry| entry.contains(&format!("{WITHOUT_ENTRY} = "))).unwrap();
        code.replace(&entry, "")
    });
    // The outcome of one callback names that callback.
    edit("runtime/src/outcome.rs", &|code| code.replace(", FILTER_ATTACH}", "}").replace(" = FILTER_ATTACH", ""));
    let left = FAMILIES.iter().filter(|family| !WITHOUT.contains(family));
    left.map(|family| entries(&fs::read_to_string(to.join(format!("catalogue/src/{family}.rs"))).unwrap()).len()).sum()
}

/// The name of the item that a line of `ndis::sys` begins.
fn item(line: &str) -> Option<&str> {
    let item =
        ["pub type ", "pub struct ", "pub union ", "pub const "].iter().find_map(|kind| line.strip_prefix(kind))?;
    item.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}
