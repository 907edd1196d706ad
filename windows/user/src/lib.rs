//! Nothing but the C code that the build script compiles; see the tests.

/// How many numbers were compared between C and Rust.
pub const COMPARED: &str = env!("NDIS_LAYOUT_ASSERTIONS");

/// The structures whose layouts were compared with mingw-w64's own headers, too.
pub const COMPARED_WITH_MINGW: &str = env!("NDIS_MINGW_STRUCTS");
