extern crate std;

use std::vec::Vec;

use super::image;
use crate::image::{Broken, Directory, Image};

#[test]
fn what_is_inside_is_read() {
    let image = image(&[1, 2, 3, 4, 5]);
    assert_eq!(image.u8(4), Ok(5));
    assert_eq!(image.u16(3), Ok(0x0504));
    assert_eq!(image.u32(1), Ok(0x0504_0302));
}

#[test]
fn what_is_not_is_broken() {
    let image = image(&[1, 2, 3, 4, 5]);
    assert_eq!(image.u8(5), Err(Broken));
    assert_eq!(image.u16(4), Err(Broken));
    assert_eq!(image.u32(2), Err(Broken));
    assert_eq!(image.u32(u32::MAX), Err(Broken));
    assert_eq!(image.u32(u32::MAX - 3), Err(Broken));
}

#[test]
fn addresses_and_offsets_are_those_inside() {
    let image = image(&[0; 16]);
    let base = image.address_of(0).unwrap();
    assert_eq!(image.address_of(15), Ok(base + 15));
    assert_eq!(image.address_of(16), Err(Broken));
    assert_eq!(image.offset_of(base), Some(0));
    assert_eq!(image.offset_of(base + 15), Some(15));
    assert_eq!(image.offset_of(base + 16), None);
    assert_eq!(image.offset_of(base - 1), None);
    assert_eq!(image.offset_of(base + (1 << 32)), None);
    assert_eq!(image.offset_of(0), None);
    assert_eq!(image.offset_of(u64::MAX), None);
}

/// The headers of an image of two pages, whose `.pdata` is at 0x1100.
fn headers() -> Vec<u8> {
    let mut bytes = std::vec![0; 0x2000];
    let mut put = |at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    put(0x3c, 0x80);
    put(0x80, 0x4550);
    put(0x98, 0x020b);
    put(0x98 + 56, 0x2000);
    put(0x98 + 136, 0x1100);
    put(0x98 + 140, 36);
    bytes
}

fn loaded(bytes: Vec<u8>) -> Result<Image, Broken> {
    assert!(bytes.len() >= 0x1000);
    // SAFETY: the bytes are kept, are more than the first page, and as many as the headers say.
    unsafe { Image::loaded(super::keep(bytes.into_boxed_slice()).cast()) }
}

#[test]
fn an_image_is_as_large_as_its_headers_say() {
    let image = loaded(headers()).unwrap();
    assert_eq!(image.u8(0x1fff), Ok(0));
    assert_eq!(image.u8(0x2000), Err(Broken));
    assert_eq!(image.exception_directory(), Ok(Directory { at: 0x1100, size: 36 }));
}

#[test]
fn headers_that_are_none_are_broken() {
    for (at, value) in [(0x3d, 0x10), (0x3c, 0xff), (0x80, 0), (0x99, 1)] {
        let mut bytes = headers();
        bytes[at] = value;
        assert!(matches!(loaded(bytes), Err(Broken)), "{at:#x}");
    }
}
