//! Compiles the C that calls, and with it the assertions that C and Rust lay all structures out alike.

fn main() {
    ndis_windows_c::compile(&["calls.c"]);
}
