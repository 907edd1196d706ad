//! Compiles the consumer, which is written in C.

fn main() {
    println!("cargo::rerun-if-changed=include");
    println!("cargo::rerun-if-changed=consumer");
    cc::Build::new()
        .file("consumer/vmq.c")
        .include("include")
        .include("consumer")
        .std("c99")
        .warnings(true)
        .extra_warnings(true)
        .warnings_into_errors(true)
        .compile("vmq");
}
