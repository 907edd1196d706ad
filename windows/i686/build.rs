//! Compiles C's references to all entries, and the assertions that C and Rust lay all structures out alike.

fn main() {
    ndis_windows_c::compile(&[]);
}
