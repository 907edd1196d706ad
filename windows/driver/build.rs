//! How an image is linked: a native program that starts at `DriverEntry`, without a runtime library.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    let arguments: &[&str] = match std::env::var("CARGO_CFG_TARGET_ENV").as_deref() {
        Ok("msvc") => &["/DRIVER", "/SUBSYSTEM:NATIVE", "/ENTRY:DriverEntry", "/NODEFAULTLIB", "/RELEASE"],
        _ => &["-nostdlib", "-nostartfiles", "-Wl,--subsystem,native,--entry,DriverEntry,--dynamicbase,--nxcompat"],
    };
    for argument in arguments {
        println!("cargo:rustc-link-arg-bins={argument}");
    }
}
