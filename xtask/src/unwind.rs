//! `ndis-unwind` in a driver, in Wine's kernel: panics that are contained, and those that are refused.

use crate::debian::Need;
use crate::host::{AARCH64_MSVC, Host, I686_MSVC, X86_64_GNU, X86_64_MSVC, checked};
use crate::{Outcome, Part};

pub(crate) const PART: Part = Part {
    name: "unwind",
    about: "a driver whose callbacks panic, compiled in every way, in Wine's kernel",
    needs: &[
        Need::Rust(X86_64_GNU),
        Need::Rust(X86_64_MSVC),
        // Those that are refused.
        Need::Rust(AARCH64_MSVC),
        Need::Rust(I686_MSVC),
        Need::Mingw(X86_64_GNU),
        Need::Lld,
        Need::Wine,
    ],
    run,
};

fn run(host: &Host) -> Outcome {
    checked(&mut host.script("windows/unwind/check"))?;
    checked(host.script("unwind/no-panics").arg("x86_64-pc-windows-msvc"))?;
    Ok(vec![
        "x64 (gnu, msvc) at opt-level 0, 3, z, one unit, thin and fat LTO: panics are contained, drops in order, nothing leaks"
            .into(),
        "registers and frames agree with RtlVirtualUnwind for every function; a wrong register or unwind code is noticed"
            .into(),
        "no object of the unwinder refers to what panics".into(),
        "what cannot be unwound stops the machine, with its reason; what cannot be supported does not compile".into(),
    ])
}
