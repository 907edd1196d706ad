//! What the parts need, and the Debian packages that have it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::host::{Host, X86_64_GNU, checked, version};

/// Something that a part needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    /// A Rust compiler for this target: rustup's, or Debian's with the library's sources.
    Rust(&'static str),
    /// A C compiler and its libraries for this target.
    Mingw(&'static str),
    /// LLVM's linker for MSVC's targets.
    Lld,
    /// Wine for 64-bit programs.
    Wine,
}

impl Need {
    /// The packages, and whether they are needed at all.
    fn packages(self, host: &Host) -> &'static [&'static str] {
        match self {
            Need::Rust(target) if host.rustup.has(target) => &[],
            Need::Rust(_) => &["rustc-web", "cargo-web", "rust-web-src"],
            Need::Mingw(X86_64_GNU) => &["gcc-mingw-w64-x86-64-win32", "mingw-w64-x86-64-dev"],
            Need::Mingw(_) => &["gcc-mingw-w64-i686-win32", "mingw-w64-i686-dev"],
            Need::Lld => &["lld-19"],
            Need::Wine => &["wine64"],
        }
    }

    /// The tool that meets it, with its version.
    fn tool(self, host: &Host) -> Result<String, String> {
        let program = match self {
            Need::Rust(target) => return host.compiler(target),
            Need::Mingw(X86_64_GNU) => host.program(&["x86_64-w64-mingw32-gcc"]),
            Need::Mingw(_) => host.program(&["i686-w64-mingw32-gcc"]),
            Need::Lld => host.program(&LLD),
            Need::Wine => host.wine().map(|(program, _)| program),
        };
        version(&program.ok_or("a tool is gone")?)
    }

    /// A file that is there when the packages are, or something that does as well.
    fn is_there(self, host: &Host) -> bool {
        let in_path = |name| host.program(&[name]).is_some();
        match self {
            Need::Rust(target) => {
                host.rustup.has(target)
                    || Path::new("/usr/bin/cargo").exists() && Path::new("/usr/lib/rustlib/src/rust/library").exists()
            }
            Need::Mingw(X86_64_GNU) => in_path("x86_64-w64-mingw32-gcc") && mingw_headers(),
            Need::Mingw(_) => in_path("i686-w64-mingw32-gcc") && mingw_headers(),
            Need::Lld => host.program(&LLD).is_some(),
            Need::Wine => host.wine().is_some(),
        }
    }
}

/// As `windows/driver/build-image` looks for it.
const LLD: [&str; 2] = ["lld-link", "lld-link-19"];

/// The tools that meet `needs`: a line for each Rust compiler with its targets, and one for the others.
pub(crate) fn tools(host: &Host, needs: &[Need]) -> Result<String, String> {
    let (mut compilers, mut others) = (Vec::<(String, Vec<&str>)>::new(), Vec::new());
    for need in needs {
        let tool = need.tool(host)?;
        match (need, compilers.iter_mut().find(|(compiler, _)| *compiler == tool)) {
            (Need::Rust(target), Some((_, targets))) => targets.push(target),
            (Need::Rust(target), None) => compilers.push((tool, vec![target])),
            _ => others.push(tool),
        }
    }
    let compilers = compilers.into_iter().map(|(compiler, targets)| format!("{compiler}, for {}", targets.join(", ")));
    let lines: Vec<_> = compilers.chain((!others.is_empty()).then(|| others.join(", "))).collect();
    Ok(lines.join("\n"))
}

fn joined(packages: &BTreeSet<&str>) -> String {
    packages.iter().copied().collect::<Vec<_>>().join(" ")
}

fn mingw_headers() -> bool {
    Path::new("/usr/share/mingw-w64/include/ddk/ndis.h").exists()
}

/// Checks that all of `needs` are met. Missing packages are installed if that is wanted and can be done.
pub(crate) fn check(host: &Host, needs: impl Iterator<Item = Need> + Clone, install: bool) -> Result<(), String> {
    let missing = || {
        let unmet = needs.clone().filter(|need| !need.is_there(host));
        unmet.flat_map(|need| need.packages(host).iter().copied()).collect::<BTreeSet<_>>()
    };
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install --no-install-recommends {}", joined(&packages));
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !install || !is_root {
        return Err(format!(
            "missing: {}\n\nOn Debian, as root:\n    {line}\nor run `cargo xtask windows --install` as root.",
            joined(&packages)
        ));
    }
    println!("{line}");
    checked(Command::new("apt-get").args(["update", "-qq"]))?;
    let mut apt = Command::new("apt-get");
    apt.args(["install", "-y", "-qq", "--no-install-recommends"]).args(&packages);
    checked(apt.env("DEBIAN_FRONTEND", "noninteractive"))?;
    match missing() {
        packages if packages.is_empty() => Ok(()),
        packages => Err(format!("still missing after the installation: {}", joined(&packages))),
    }
}
