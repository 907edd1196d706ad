extern crate std;

use std::vec::Vec;

use super::image;
use crate::image::{Broken, Image};
use crate::tables::gnu::{Cursor, pending};
use crate::tables::{Call, Pending};

fn uleb128(bytes: &[u8]) -> Result<u32, Broken> {
    Cursor { image: &image(bytes), at: 0 }.uleb128()
}

fn sleb128(bytes: &[u8]) -> Result<i64, Broken> {
    Cursor { image: &image(bytes), at: 0 }.sleb128()
}

#[test]
fn unsigned_numbers() {
    assert_eq!(uleb128(&[0]), Ok(0));
    assert_eq!(uleb128(&[0x7f]), Ok(127));
    assert_eq!(uleb128(&[0x80, 0x01]), Ok(128));
    assert_eq!(uleb128(&[0xe5, 0x8e, 0x26]), Ok(624_485));
    assert_eq!(uleb128(&[0x85, 0x80, 0x80, 0x00]), Ok(5)); // longer than it has to be
    assert_eq!(uleb128(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Ok(u32::MAX));
}

#[test]
fn numbers_that_are_too_long_are_broken() {
    assert_eq!(uleb128(&[0x80, 0x80, 0x80, 0x80, 0x10]), Err(Broken)); // 2^32
    assert_eq!(uleb128(&[0x80; 100]), Err(Broken));
    assert_eq!(uleb128(&[&[0x80; 9][..], &[0]].concat()), Err(Broken));
    assert_eq!(sleb128(&[0xff; 100]), Err(Broken));
    assert_eq!(uleb128(&[0x80]), Err(Broken)); // the image ends in it
    assert_eq!(uleb128(&[]), Err(Broken));
}

#[test]
fn signed_numbers() {
    assert_eq!(sleb128(&[0]), Ok(0));
    assert_eq!(sleb128(&[0x3f]), Ok(63));
    assert_eq!(sleb128(&[0x40]), Ok(-64));
    assert_eq!(sleb128(&[0x7f]), Ok(-1));
    assert_eq!(sleb128(&[0xc0, 0x00]), Ok(64));
    assert_eq!(sleb128(&[0xc0, 0xbb, 0x78]), Ok(-123_456));
    assert_eq!(sleb128(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40]), Ok(i64::MIN >> 1));
}

#[test]
fn numbers_are_read_one_after_the_other() {
    let image = image(&[0x80, 0x01, 0x7f, 0x05]);
    let mut cursor = Cursor { image: &image, at: 0 };
    assert_eq!((cursor.uleb128(), cursor.sleb128(), cursor.uleb128()), (Ok(128), Ok(-1), Ok(5)));
}

/// Where the function begins in the images below, and where its tables are.
const FUNCTION: u32 = 0x20;
const DATA: usize = 0x60;

/// An image with the language specific data of a function: sites of (start, length, landing pad, action), then actions.
fn lsda(head: &[u8], sites: &[u8], actions: &[u8]) -> Image {
    let mut bytes = std::vec![0; DATA];
    bytes.extend_from_slice(head);
    bytes.push(u8::try_from(sites.len()).unwrap());
    bytes.extend_from_slice(sites);
    bytes.extend_from_slice(actions);
    image(&bytes)
}

/// Neither a base of landing pads nor types; offsets are uleb128.
const HEAD: [u8; 3] = [0xff, 0xff, 1];

/// What is pending when the call that ends here unwinds.
fn at(image: &Image, end_of_call: u32) -> Result<Pending, Broken> {
    pending(image, Call { function: FUNCTION, return_to: FUNCTION + end_of_call, data: DATA as u32 })
}

#[test]
fn a_call_has_the_landing_pad_of_its_range() {
    let image = lsda(&HEAD, &[2, 5, 0, 0, 8, 4, 0x18, 0, 12, 4, 0x1c, 0], &[]);
    for (end_of_call, expected) in [
        (2, Pending::Abort), // its last byte is in front of the first range
        (3, Pending::Nothing),
        (7, Pending::Nothing), // behind the range, but its last byte is the range's last
        (8, Pending::Abort),   // between two ranges
        (9, Pending::Cleanup(FUNCTION + 0x18)),
        (12, Pending::Cleanup(FUNCTION + 0x18)),
        (13, Pending::Cleanup(FUNCTION + 0x1c)),
        (16, Pending::Cleanup(FUNCTION + 0x1c)),
        (17, Pending::Abort), // behind the last
    ] {
        assert_eq!(at(&image, end_of_call), Ok(expected), "{end_of_call}");
    }
}

#[test]
fn without_ranges_no_call_unwinds() {
    assert_eq!(at(&lsda(&HEAD, &[], &[]), 4), Ok(Pending::Abort));
}

#[test]
fn the_first_action_says_what_a_landing_pad_is_for() {
    // Actions: 1: clean up; 3: catch; 5: a filter.
    let actions = [0, 0, 1, 0, 0x7f, 0];
    for (action, expected) in [
        (0, Pending::Cleanup(FUNCTION + 9)),
        (1, Pending::Cleanup(FUNCTION + 9)),
        (3, Pending::Abort),
        (5, Pending::Abort),
    ] {
        assert_eq!(at(&lsda(&HEAD, &[0, 8, 9, action], &actions), 4), Ok(expected), "{action}");
    }
}

#[test]
fn a_table_of_types_is_passed_over() {
    let image = lsda(&[0xff, 0x9b, 0x85, 0x01, 1], &[0, 8, 9, 0], &[]);
    assert_eq!(at(&image, 4), Ok(Pending::Cleanup(FUNCTION + 9)));
}

#[test]
fn offsets_may_be_of_four_bytes() {
    let mut site = super::words(&[0, 8, 9]);
    site.push(0);
    assert_eq!(at(&lsda(&[0xff, 0xff, 3], &site, &[]), 4), Ok(Pending::Cleanup(FUNCTION + 9)));
}

#[test]
fn what_llvm_does_not_write_is_broken() {
    let site = [0, 8, 9, 0];
    assert_eq!(at(&lsda(&[0, 0xff, 1], &site, &[]), 4), Err(Broken)); // a base of landing pads
    for encoding in [0, 2, 4, 9, 0x1b, 0xff] {
        assert_eq!(at(&lsda(&[0xff, 0xff, encoding], &site, &[]), 4), Err(Broken), "{encoding:#x}");
    }
}

#[test]
fn tables_that_leave_the_image_are_broken() {
    assert_eq!(at(&lsda(&HEAD, &[0, 8, 0xff, 0x7f, 0], &[]), 4), Err(Broken)); // a landing pad
    assert_eq!(at(&lsda(&HEAD, &[0, 8, 9, 1], &[]), 4), Err(Broken)); // an action
    assert_eq!(at(&lsda(&HEAD, &[0, 8, 9], &[]), 4), Err(Broken)); // half of a site
    let cut: Vec<u8> = [&[0; DATA][..], &HEAD, &[100, 20, 1, 0, 0]].concat();
    assert_eq!(at(&image(&cut), 4), Ok(Pending::Abort)); // what was read tells enough
    assert_eq!(at(&image(&cut), 40), Err(Broken));
    assert_eq!(at(&image(&[0; DATA]), 4), Err(Broken)); // no tables at all
}

#[test]
fn a_call_in_front_of_its_function_is_broken() {
    let image = lsda(&HEAD, &[0, 8, 9, 0], &[]);
    assert_eq!(at(&image, 0), Err(Broken));
    assert_eq!(pending(&image, Call { function: FUNCTION, return_to: 3, data: DATA as u32 }), Err(Broken));
}
