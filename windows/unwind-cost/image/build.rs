//! How the image is linked: without a runtime library, as a driver is.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let arguments: &[&str] = match std::env::var("CARGO_CFG_TARGET_ENV").as_deref() {
        Ok("msvc") => &["/ENTRY:DllMain", "/NODEFAULTLIB", "/RELEASE"],
        _ => &["-nostdlib", "-nostartfiles", "-Wl,--entry,DllMain,--dynamicbase,--nxcompat"],
    };
    for argument in arguments {
        println!("cargo:rustc-link-arg-cdylib={argument}");
    }
}
