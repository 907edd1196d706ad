//! A bigger catalogue, in a copy of the crates: it has all of NDIS's callbacks once more, under other names, each with a
//! pointer type, a structure and constants in `ndis::sys`. And for each catalogue a crate with one callback.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::{Table, Value};

use crate::{folder, run, rustc_command, target, write_ndis_crate};

/// The family that gets the further callbacks: the last one, whose C types nothing needs that is measured.
const FAMILY: &str = "pd";

/// A crate with one callback, ready to compile.
pub struct OneCallback {
    /// How many callbacks the catalogue has.
    pub count: usize,
    pub folder: PathBuf,
    pub command: String,
}

/// With the catalogue as it is, and with one that has all of NDIS's callbacks once more.
pub fn one_callback() -> [OneCallback; 2] {
    let code = ["ndis.rs", "ndis_each.rs"].map(|file| fs::read_to_string(folder().join("compile").join(file)).unwrap());
    let code = code.concat().replace("$n", "1");
    [("written", Vec::new()), ("more", prototypes())].map(|(name, more)| {
        let crates = target().join("growth").join(name);
        copy(&crates.join("ndis"));
        add(&crates.join("ndis"), &more);
        let folder = crates.join("one-callback");
        write_ndis_crate(&folder, &crates.join("ndis/runtime"), &code);
        let command = rustc_command(&folder, "check", &folder.join("target")).unwrap_or_else(|error| panic!("{error}"));
        OneCallback { count: ndis_catalogue::all().count() + more.len(), folder, command }
    })
}

/// Copies the crates.
fn copy(to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for part in ["README.md", "catalogue", "macros", "runtime", "unwind"] {
        run(Command::new("cp").arg("-r").arg(folder().join("..").join(part)).arg(to));
    }
    let mut manifest: Table = fs::read_to_string(folder().join("../Cargo.toml")).unwrap().parse().unwrap();
    manifest["workspace"]["members"] = ["catalogue", "macros", "runtime", "unwind"].map(Value::from).to_vec().into();
    fs::write(to.join("Cargo.toml"), manifest.to_string()).unwrap();
}

/// The callbacks of drivers, as the facts have them.
fn prototypes() -> Vec<Table> {
    let facts = fs::read_to_string(folder().join("../facts/callbacks.toml")).unwrap();
    let facts: Table = facts.parse().unwrap();
    let callbacks = facts["callback"].as_array().unwrap().iter().map(|callback| callback.as_table().unwrap().clone());
    callbacks.filter(|callback| callback["implementer"].as_str() == Some("driver")).collect()
}

/// Adds callbacks to the catalogue of these crates.
fn add(to: &Path, prototypes: &[Table]) {
    let edit = |file: String, edit: &dyn Fn(String) -> String| {
        let file = to.join(file);
        fs::write(&file, edit(fs::read_to_string(&file).unwrap())).unwrap();
    };
    let entries: String = prototypes.iter().map(entry).collect();
    let types: String = prototypes.iter().map(types).collect();
    edit(format!("catalogue/src/{FAMILY}.rs"), &|code| {
        code.trim_end().trim_end_matches('}').to_owned() + &entries + "}\n"
    });
    edit(format!("runtime/src/sys/{FAMILY}.rs"), &|code| code + &types);
}

/// The name of the callback, which is not that of one that is written.
fn name(prototype: &Table) -> String {
    format!("MORE_{}", prototype["name"].as_str().unwrap())
}

/// The parameters: the first is a context, the second the C argument.
fn parameters(prototype: &Table) -> impl Iterator<Item = (&str, &str)> {
    let roles = ["lent(PdProvider)", "raw"].into_iter().chain(std::iter::repeat("reserved"));
    let names = prototype["params"].as_array().unwrap().iter().map(|parameter| parameter["name"].as_str().unwrap());
    roles.zip(names)
}

/// The C return type, with what the entry says of the results.
fn returns(prototype: &Table) -> (&str, &'static str) {
    match prototype["return_type"].as_str().unwrap() {
        "BOOLEAN" => ("BOOLEAN", " otherwise => FALSE"),
        "NDIS_STATUS" | "NTSTATUS" => ("NDIS_STATUS", " among [NDIS_STATUS_SUCCESS] otherwise => NDIS_STATUS_FAILURE"),
        _ => ("VOID", ""),
    }
}

/// An entry of the catalogue.
fn entry(prototype: &Table) -> String {
    let (name, (returns, results)) = (name(prototype), returns(prototype));
    let parameters: String =
        parameters(prototype).map(|(role, name)| format!("{role} {name}: NDIS_HANDLE, ")).collect();
    format!(
        "/// It stands for one.\n#[docs(\"{name}\"), since 6.0, irql PASSIVE_LEVEL]\n#[pointer({name}_HANDLER)]\n\
         {returns} {name}({parameters}){results};\n\n"
    )
}

/// Its pointer type, and a structure such as a callback takes, with its constants.
fn types(prototype: &Table) -> String {
    let (name, (returns, _)) = (name(prototype), returns(prototype));
    let parameters: String = parameters(prototype).map(|(_, name)| format!("{name}: NDIS_HANDLE, ")).collect();
    let flags: String =
        (0..8).map(|flag| format!("/// A flag.\npub const {name}_FLAG_{flag}: ULONG = 1 << {flag};\n")).collect();
    format!(
        "/// It stands for one.\npub type {name}_HANDLER = Option<unsafe extern \"system\" fn({parameters}) -> {returns}>;\n\
         /// It stands for one.\n#[repr(C)]\n#[derive(Clone, Copy, Debug)]\npub struct {name}_PARAMETERS {{\n\
         /// Type, revision and size.\npub Header: NDIS_OBJECT_HEADER,\n/// Flags.\npub Flags: ULONG,\n\
         /// A buffer.\npub Buffer: PVOID,\n/// Its length.\npub Length: ULONG,\n}}\n{flags}"
    )
}
