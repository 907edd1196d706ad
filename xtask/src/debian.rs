//! What the parts need, and the Debian packages that have it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::host::{Host, X86_64_GNU, checked};

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
            Need::Rust(target) if host.rustup_has(target) => &[],
            Need::Rust(_) => &["rustc-web", "cargo-web", "rust-web-src"],
            Need::Mingw(X86_64_GNU) => &["gcc-mingw-w64-x86-64-win32", "mingw-w64-x86-64-dev"],
            Need::Mingw(_) => &["gcc-mingw-w64-i686-win32", "mingw-w64-i686-dev"],
            Need::Lld => &["lld-19"],
            Need::Wine => &["wine64"],
        }
    }

    /// A file that is there when the packages are, or something that does as well.
    fn is_there(self, host: &Host) -> bool {
        let in_path = |name| host.program(&[name]).is_some();
        match self {
            Need::Rust(target) => {
                host.rustup_has(target)
                    || Path::new("/usr/bin/cargo").exists() && Path::new("/usr/lib/rustlib/src/rust/library").exists()
            }
            Need::Mingw(X86_64_GNU) => in_path("x86_64-w64-mingw32-gcc") && mingw_headers(),
            Need::Mingw(_) => in_path("i686-w64-mingw32-gcc") && mingw_headers(),
            Need::Lld => in_path("lld-link-19"),
            Need::Wine => host.wine().is_some(),
        }
    }
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
