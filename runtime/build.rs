//! One name for "in a driver's image": the cfg `ndis_image`.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(ndis_image)");
    let is_windows = std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "windows");
    if is_windows && std::env::var_os("CARGO_FEATURE_STD").is_none() {
        println!("cargo::rustc-cfg=ndis_image");
    }
}
