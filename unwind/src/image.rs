//! The loaded image, and the only way its tables are read: within its bounds.

use core::ptr::NonNull;

/// A table says something it cannot say: it points out of the image, or holds what no compiler writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// Where the DOS header says where the PE headers are.
const PE_HEADERS: u32 = 0x3c;
/// "PE\0\0".
const PE_SIGNATURE: u32 = 0x4550;
/// Behind the signature and the file header.
const OPTIONAL_HEADER: u32 = 24;
/// The optional header of a 64-bit image.
const PE32_PLUS: u16 = 0x20b;
/// In the optional header: SizeOfImage.
const SIZE_OF_IMAGE: u32 = 56;
/// In the optional header: address and size of the exception directory, which is `.pdata`.
const EXCEPTION_DIRECTORY: u32 = 112 + 3 * 8;
/// An image starts with its headers, and at least a page of it is mapped.
const FIRST_PAGE: u32 = 0x1000;

/// Memory of an image, read by offsets from its base ("relative virtual addresses").
#[derive(Clone, Copy)]
pub(crate) struct Image {
    base: NonNull<u8>,
    size: u32,
}

/// A part of an image, as its headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Directory {
    pub(crate) at: u32,
    pub(crate) size: u32,
}

impl Image {
    /// # Safety
    ///
    /// `size` bytes from `base` can be read as long as the image is used, and nobody writes where tables are.
    pub(crate) unsafe fn new(base: NonNull<u8>, size: u32) -> Image {
        Image { base, size }
    }

    /// The image that was loaded at `base`, as large as its headers say.
    ///
    /// # Safety
    ///
    /// A loader mapped a 64-bit image at `base`, and it stays as long as this value is used.
    pub(crate) unsafe fn loaded(base: NonNull<u8>) -> Result<Image, Broken> {
        // SAFETY: the first page of a loaded image is mapped and holds its headers, which nobody writes.
        let headers = unsafe { Image::new(base, FIRST_PAGE) };
        let size = headers.u32(offset(headers.optional_header()?, SIZE_OF_IMAGE)?)?;
        // SAFETY: that many bytes are what the loader mapped.
        Ok(unsafe { Image::new(base, size) })
    }

    /// Where `.pdata` is.
    pub(crate) fn exception_directory(&self) -> Result<Directory, Broken> {
        let entry = offset(self.optional_header()?, EXCEPTION_DIRECTORY)?;
        Ok(Directory { at: self.u32(entry)?, size: self.u32(offset(entry, 4)?)? })
    }

    fn optional_header(&self) -> Result<u32, Broken> {
        let pe = self.u32(PE_HEADERS)?;
        let optional = offset(pe, OPTIONAL_HEADER)?;
        let expected = self.u32(pe)? == PE_SIGNATURE && self.u16(optional)? == PE32_PLUS;
        if expected { Ok(optional) } else { Err(Broken) }
    }

    /// The bytes at an offset, of any alignment.
    pub(crate) fn read<const N: usize>(&self, at: u32) -> Result<[u8; N], Broken> {
        let end = (at as usize).checked_add(N).ok_or(Broken)?;
        if end > self.size as usize {
            return Err(Broken);
        }
        // SAFETY: all `N` bytes are inside the image, which `new` was promised to be readable and its tables
        // unchanging; bytes have no alignment.
        Ok(unsafe { *self.base.add(at as usize).cast::<[u8; N]>().as_ref() })
    }

    pub(crate) fn u8(&self, at: u32) -> Result<u8, Broken> {
        self.read(at).map(u8::from_le_bytes)
    }

    pub(crate) fn u16(&self, at: u32) -> Result<u16, Broken> {
        self.read(at).map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&self, at: u32) -> Result<u32, Broken> {
        self.read(at).map(u32::from_le_bytes)
    }

    /// The offset of an address, if it is in the image.
    pub(crate) fn offset_of(&self, address: u64) -> Option<u32> {
        let offset = u32::try_from(address.checked_sub(self.base.addr().get() as u64)?).ok()?;
        if offset < self.size { Some(offset) } else { None }
    }

    /// The address of an offset, which must be in the image.
    pub(crate) fn address_of(&self, at: u32) -> Result<u64, Broken> {
        if at < self.size { Ok((self.base.addr().get() as u64).wrapping_add(u64::from(at))) } else { Err(Broken) }
    }
}

/// An offset behind another.
pub(crate) fn offset(at: u32, by: u32) -> Result<u32, Broken> {
    at.checked_add(by).ok_or(Broken)
}
