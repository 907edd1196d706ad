use super::{image, words};
use crate::functions::{Function, Functions};
use crate::image::{Broken, Directory};

/// Two functions side by side, a gap, and a third one. The entries are behind 4 other bytes.
const TABLE: [u32; 10] = [0, 0x10, 0x20, 0x1000, 0x20, 0x30, 0x2000, 0x40, 0x41, 0x3000];

fn functions(size: u32) -> Functions {
    Functions::new(image(&words(&TABLE)), Directory { at: 4, size })
}

fn unwind_info_at(size: u32, instruction: u32) -> Result<Option<u32>, Broken> {
    Ok(functions(size).find(instruction)?.map(|function| function.unwind_info))
}

#[test]
fn a_function_is_found_from_its_first_instruction_to_its_last() {
    for (instruction, expected) in [
        (0, None),
        (0xf, None),
        (0x10, Some(0x1000)),
        (0x1f, Some(0x1000)),
        (0x20, Some(0x2000)),
        (0x2f, Some(0x2000)),
        (0x30, None),
        (0x3f, None),
        (0x40, Some(0x3000)),
        (0x41, None),
        (u32::MAX, None),
    ] {
        assert_eq!(unwind_info_at(36, instruction), Ok(expected), "{instruction:#x}");
    }
    let second = Function { begin: 0x20, end: 0x30, unwind_info: 0x2000 };
    assert_eq!(functions(36).find(0x25), Ok(Some(second)));
}

#[test]
fn no_table_has_no_function() {
    for instruction in [0, 0x10, u32::MAX] {
        assert_eq!(unwind_info_at(0, instruction), Ok(None));
        assert_eq!(unwind_info_at(11, instruction), Ok(None)); // less than an entry
    }
}

#[test]
fn the_size_ends_the_table() {
    assert_eq!(unwind_info_at(24, 0x25), Ok(Some(0x2000)));
    assert_eq!(unwind_info_at(24, 0x40), Ok(None));
    assert_eq!(unwind_info_at(12, 0x25), Ok(None));
}

#[test]
fn a_table_that_leaves_the_image_is_broken() {
    assert_eq!(unwind_info_at(48, 0x50), Err(Broken));
    assert_eq!(unwind_info_at(u32::MAX, 0x10), Err(Broken));
    let far = Functions::new(image(&words(&TABLE)), Directory { at: u32::MAX - 3, size: 36 });
    assert_eq!(far.find(0x10), Err(Broken));
}
