//! 32-bit code, where the calling convention shows: an entry is `__stdcall`, which takes its own arguments from the
//! stack and carries their bytes in its symbol.

use std::collections::BTreeMap;
use std::process::Command;

use crate::debian::Need;
use crate::host::{Host, I686_GNU, checked, printed};
use crate::{Outcome, Part};

pub(crate) const PART: Part = Part {
    name: "i686",
    about: "32-bit entries pop the bytes that C pushes, by their symbols and their machine code",
    needs: &[Need::Rust(I686_GNU), Need::Mingw(I686_GNU)],
    run,
};

fn run(host: &Host) -> Outcome {
    let build = ["build", "--release", "--manifest-path", "windows/i686/Cargo.toml"];
    checked(&mut host.cargo(I686_GNU, "core,alloc,compiler_builtins", &build))?;
    let archive = host.build().join(I686_GNU).join("release/libndis_windows_i686.a");

    let tool = |name: &str| Command::new(format!("i686-w64-mingw32-{name}"));
    let symbols = printed(tool("nm").arg(&archive))?;
    let code = printed(tool("objdump").args(["-d", "--no-show-raw-insn", "-M", "intel"]).arg(&archive))?;
    let (in_c, in_rust) = (bytes(&symbols, "U"), bytes(&symbols, "T"));
    let returns = returns(&code);
    let mut problems = Vec::new();
    let callbacks: Vec<_> = ndis_catalogue::all().map(|callback| callback.name).collect();
    for name in &callbacks {
        let Some(pushed) = in_c.get(*name) else {
            problems.push(format!("{name}: C has no reference to its entry"));
            continue;
        };
        if in_rust.get(*name) != Some(pushed) {
            let wanted = format!("C calls _entry_{name}@{}", pushed.unwrap_or(0));
            problems.push(match in_rust.get(*name) {
                None => format!("{wanted}, which is not there"),
                Some(None) => format!("{wanted}, Rust has _entry_{name}"),
                Some(Some(popped)) => format!("{wanted}, Rust has _entry_{name}@{popped}"),
            });
            continue;
        }
        let popped = returns.get(*name).map_or(&[][..], Vec::as_slice);
        println!("_entry_{name}@{} returns by `ret` with {popped:?} bytes", pushed.unwrap_or(0));
        if popped.is_empty() || popped.iter().any(|popped| Some(*popped) != *pushed) {
            problems.push(format!("{name}: its code pops {popped:?} bytes where C pushes {}", pushed.unwrap_or(0)));
        }
    }
    if !problems.is_empty() {
        return Err(format!("{} entries are not what C calls\n{}", problems.len(), problems.join("\n")));
    }

    // The linker finds C's decorated names among Rust's, and ndis.sys and ntoskrnl.exe in mingw-w64's import libraries.
    let image = host.out.join("entries.sys");
    let mut gcc = tool("gcc");
    gcc.args(["-nostdlib", "-Wl,--subsystem,native", "-Wl,--entry,0", "-Wl,--undefined,_entries", "-o"]).arg(&image);
    checked(gcc.arg(&archive).args(["-lndis", "-lntoskrnl", "-lgcc"]))?;
    let count = callbacks.len();
    Ok(vec![
        format!("{count} entries of {count}: `_x@n` and every `ret n` agree with C's prototype; a driver image links"),
        "the C declarations lay all structures out as Rust does for x86".into(),
    ])
}

/// The bytes in the decorated names of the entries whose symbols are of this kind; `None` without decoration.
fn bytes(symbols: &str, kind: &str) -> BTreeMap<String, Option<u32>> {
    let mut bytes = BTreeMap::new();
    for line in symbols.lines() {
        let mut words = line.split_whitespace().rev();
        let (Some(symbol), Some(is)) = (words.next(), words.next()) else { continue };
        let Some(name) = symbol.strip_prefix("_entry_").filter(|_| is == kind) else { continue };
        let (name, count) = name.split_once('@').map_or((name, None), |(name, count)| (name, count.parse().ok()));
        bytes.insert(name.to_owned(), count);
    }
    bytes
}

/// How many bytes each `ret` of each entry pops.
fn returns(code: &str) -> BTreeMap<String, Vec<u32>> {
    let mut returns = BTreeMap::<_, Vec<_>>::new();
    let mut entry = None;
    for line in code.lines() {
        if let Some(symbol) = line.strip_suffix(">:") {
            let name = symbol.split_once("<_entry_").map(|(_, name)| name.split('@').next().unwrap_or(name));
            entry = name.map(str::to_owned);
        }
        let Some(entry) = &entry else { continue };
        let instruction = line.split_once(":\t").map_or("", |(_, instruction)| instruction.trim());
        let mut words = instruction.split_whitespace();
        if words.next() == Some("ret") {
            let count = words.next().unwrap_or("0x0").trim_start_matches("0x");
            returns.entry(entry.clone()).or_default().push(u32::from_str_radix(count, 16).unwrap_or(u32::MAX));
        }
    }
    returns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols() {
        let symbols =
            "a.o:\n00000000 T _entry_ONE@8\n         U _entry_TWO@0\n00000010 T _entry_CDECL\n00000010 T _other@4\n";
        let defined = BTreeMap::from([("ONE".to_owned(), Some(8)), ("CDECL".to_owned(), None)]);
        assert_eq!(bytes(symbols, "T"), defined);
        assert_eq!(bytes(symbols, "U"), BTreeMap::from([("TWO".to_owned(), Some(0))]));
    }

    #[test]
    fn code() {
        let code = "00000000 <_entry_ONE@8>:\n   0:\tpush   ebp\n   1:\tret    0x8\n   4:\tjmp    9 <x>\n   5:\tret\n\n\
                    00000000 <_other@4>:\n   0:\tret    0x4\n";
        assert_eq!(returns(code), BTreeMap::from([("ONE".to_owned(), vec![8, 0])]));
    }
}
