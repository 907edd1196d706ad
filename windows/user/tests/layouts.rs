//! C's layouts are compared with Rust's when C is compiled; this says of what.

use ndis::sys::layout::LAYOUTS;

#[test]
fn layouts_were_compared() {
    let (structures, numbers) = (LAYOUTS.len(), env!("NDIS_LAYOUT_ASSERTIONS"));
    println!("proven: C and Rust agree on the layout of {structures} structures, {numbers} numbers");
    println!("proven: mingw-w64's headers agree on {}", env!("NDIS_MINGW_STRUCTS"));
}
