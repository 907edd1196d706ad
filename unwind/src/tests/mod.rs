//! Tables made by hand, as a compiler would write them and as none would.

mod functions;
mod gnu;
mod image;
mod msvc;
mod refusal;
mod unwind_info;

extern crate std;

use core::ptr::NonNull;
use std::boxed::Box;
use std::sync::Mutex;
use std::vec::Vec;

use crate::image::Image;

/// Where the kept values are, so that LeakSanitizer sees that they are not forgotten.
static KEPT: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// Keeps a value to the end of the process, as an image's memory is kept.
fn keep<T: ?Sized>(value: Box<T>) -> NonNull<T> {
    let kept = NonNull::from(Box::leak(value));
    KEPT.lock().unwrap().push(kept.cast::<u8>().as_ptr().expose_provenance());
    kept
}

/// An image of these bytes.
fn image(bytes: &[u8]) -> Image {
    let size = u32::try_from(bytes.len()).unwrap();
    // SAFETY: the bytes are kept, and nobody else has them.
    unsafe { Image::new(keep(Box::<[u8]>::from(bytes)).cast(), size) }
}

/// Numbers as tables hold them.
fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}
