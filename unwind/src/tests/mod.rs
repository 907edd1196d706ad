//! Tables made by hand, as a compiler would write them and as none would.

mod functions;
mod gnu;
mod image;
mod msvc;
mod refusal;
mod unwind_info;

extern crate std;

use core::ptr::NonNull;
use std::vec::Vec;

use crate::image::Image;

/// An image of these bytes.
fn image(bytes: &[u8]) -> Image {
    let bytes: &'static mut [u8] = bytes.to_vec().leak();
    let size = u32::try_from(bytes.len()).unwrap();
    // SAFETY: they are leaked, so they stay, and nobody else has them.
    unsafe { Image::new(NonNull::from(bytes).cast(), size) }
}

/// Numbers as tables hold them.
fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}
