//! Drivers as kernel images: linked and looked at for each target, loaded by Wine's kernel, and used from user mode.

use crate::debian::Need;
use crate::host::{AARCH64_MSVC, Host, X86_64_GNU, X86_64_MSVC, checked};
use crate::{Outcome, Part};

pub(crate) const PART: Part = Part {
    name: "kernel",
    about: "the example driver as a kernel image, in Wine's kernel beside a stand-in for ndis.sys",
    needs: &[
        Need::Rust(X86_64_GNU),
        Need::Rust(X86_64_MSVC),
        Need::Rust(AARCH64_MSVC),
        Need::Mingw(X86_64_GNU),
        Need::Lld,
        Need::Wine,
    ],
    run,
};

fn run(host: &Host) -> Outcome {
    for script in ["windows/kernel/check", "windows/wdk/check"] {
        checked(&mut host.script(script))?;
    }
    Ok(vec![
        "the example driver links to an image for x64 (gnu, msvc) and arm64 (msvc), imports only from the kernel"
            .into(),
        "so does its image with debug assertions (the profile `dev`), for x64 (gnu, msvc)".into(),
        "in Wine's kernel it registers, serves, refuses and unloads as it should; a broken one is noticed".into(),
        "an image with other bindings, allocator and panic handler has those".into(),
    ])
}
