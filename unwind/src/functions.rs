//! `.pdata`: which function an instruction belongs to.

use super::image::{Broken, Directory, Image, offset};

/// The size of a RUNTIME_FUNCTION.
const ENTRY: u32 = 12;

/// A function, or a part of one, with an entry in `.pdata`. All offsets are from the image's base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) begin: u32,
    pub(crate) end: u32,
    pub(crate) unwind_info: u32,
}

/// The table of functions, sorted by where they begin.
#[derive(Clone, Copy)]
pub(crate) struct Functions {
    image: Image,
    table: u32,
    count: u32,
}

impl Functions {
    /// The functions of an image.
    pub(crate) fn of(image: Image) -> Result<Functions, Broken> {
        Ok(Functions::new(image, image.exception_directory()?))
    }

    /// The functions of a table.
    pub(crate) fn new(image: Image, table: Directory) -> Functions {
        Functions { image, table: table.at, count: table.size / ENTRY }
    }

    /// The function that the instruction at this offset is in; `None` where no function is.
    pub(crate) fn find(&self, instruction: u32) -> Result<Option<Function>, Broken> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            let function = self.get(middle)?;
            if instruction < function.begin {
                high = middle;
            } else if instruction >= function.end {
                low = middle.wrapping_add(1); // less than or equal to `high`, since `middle` was less
            } else {
                return Ok(Some(function));
            }
        }
        Ok(None)
    }

    fn get(&self, index: u32) -> Result<Function, Broken> {
        let at = index.checked_mul(ENTRY).and_then(|by| self.table.checked_add(by)).ok_or(Broken)?;
        let word = |by| self.image.u32(offset(at, by)?);
        Ok(Function { begin: word(0)?, end: word(4)?, unwind_info: word(8)? })
    }
}
