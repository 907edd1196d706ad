//! The kernel build type-checks for the targets of real drivers, which evaluates the layout assertions there.

use crate::debian::Need;
use crate::host::{AARCH64_MSVC, Host, I686_MSVC, X86_64_MSVC, checked};
use crate::{Outcome, Part};

const TARGETS: [&str; 3] = [X86_64_MSVC, AARCH64_MSVC, I686_MSVC];

pub(crate) const PART: Part = Part {
    name: "types",
    about: "the kernel build type-checks for x64, arm64 and x86, with the layouts of all structures",
    needs: &[Need::Rust(TARGETS[0]), Need::Rust(TARGETS[1]), Need::Rust(TARGETS[2])],
    run,
};

fn run(host: &Host) -> Outcome {
    for target in TARGETS {
        checked(&mut host.cargo(target, "core,alloc", &["check", "--package", "ndis"]))?;
    }
    Ok(vec![format!("`ndis` without `std` type-checks, layouts included, for {}", TARGETS.join(", "))])
}
