//! The language specific data area (LSDA) of gnu targets: which landing pad a call has.

use super::super::image::{Broken, Image, offset};
use super::{Call, Pending};

/// DW_EH_PE_omit: a field is not there.
const OMIT: u8 = 0xff;
/// DW_EH_PE_uleb128 and DW_EH_PE_udata4: the encodings of offsets that LLVM writes.
const ULEB128: u8 = 1;
const UDATA4: u8 = 3;

/// What the frame has to do when this call unwinds.
pub(crate) fn pending(image: &Image, call: Call) -> Result<Pending, Broken> {
    let mut sites = CallSites::of(image, call.data)?;
    // The last byte of the call, which is inside its range even when the call is the range's last instruction.
    let instruction = call.return_to.checked_sub(call.function).and_then(|at| at.checked_sub(1)).ok_or(Broken)?;
    while let Some(site) = sites.next()? {
        let Some(into) = instruction.checked_sub(site.start) else { break }; // they are sorted
        if into < site.length {
            return site.pending(image, call.function, sites.actions);
        }
    }
    // A call that is in no range is one that the compiler took to never unwind.
    Ok(Pending::Abort)
}

/// A range of instructions with the same landing pad.
struct CallSite {
    start: u32,
    length: u32,
    landing_pad: u32,
    action: u32,
}

impl CallSite {
    fn pending(&self, image: &Image, function: u32, actions: u32) -> Result<Pending, Broken> {
        if self.landing_pad == 0 {
            return Ok(Pending::Nothing);
        }
        // As in Rust's own personality function, the first record of an action says what the landing pad is for: 0 for
        // destructors. The others catch, and the only catch in Rust without `std` is the end of a `nounwind` function.
        if self.action != 0 {
            let mut record = Cursor { image, at: offset(actions, self.action.wrapping_sub(1))? };
            if record.sleb128()? != 0 {
                return Ok(Pending::Abort);
            }
        }
        let landing_pad = offset(function, self.landing_pad)?;
        image.u8(landing_pad)?; // it is in the image
        Ok(Pending::Cleanup(landing_pad))
    }
}

/// The call sites that are not read yet.
struct CallSites<'a> {
    cursor: Cursor<'a>,
    encoding: u8,
    /// The table of actions begins where that of call sites ends.
    actions: u32,
}

impl<'a> CallSites<'a> {
    fn of(image: &'a Image, data: u32) -> Result<CallSites<'a>, Broken> {
        let mut cursor = Cursor { image, at: data };
        if cursor.u8()? != OMIT {
            return Err(Broken); // landing pads are relative to the function, as LLVM makes them
        }
        if cursor.u8()? != OMIT {
            cursor.uleb128()?; // where the table of types ends: nothing is caught by its type
        }
        let encoding = cursor.u8()?;
        let length = cursor.uleb128()?;
        let actions = offset(cursor.at, length)?;
        Ok(CallSites { cursor, encoding, actions })
    }

    fn next(&mut self) -> Result<Option<CallSite>, Broken> {
        if self.cursor.at >= self.actions {
            return Ok(None);
        }
        Ok(Some(CallSite {
            start: self.offset()?,
            length: self.offset()?,
            landing_pad: self.offset()?,
            action: self.cursor.uleb128()?,
        }))
    }

    fn offset(&mut self) -> Result<u32, Broken> {
        match self.encoding {
            ULEB128 => self.cursor.uleb128(),
            UDATA4 => self.cursor.u32(),
            _ => Err(Broken),
        }
    }
}

/// A place in the image to read on from.
pub(crate) struct Cursor<'a> {
    pub(crate) image: &'a Image,
    pub(crate) at: u32,
}

impl Cursor<'_> {
    fn u8(&mut self) -> Result<u8, Broken> {
        let value = self.image.u8(self.at)?;
        self.at = offset(self.at, 1)?;
        Ok(value)
    }

    fn u32(&mut self) -> Result<u32, Broken> {
        let value = self.image.u32(self.at)?;
        self.at = offset(self.at, 4)?;
        Ok(value)
    }

    /// An unsigned number, seven bits a byte, the lowest first. No offset in an image has more than 32 bits.
    pub(crate) fn uleb128(&mut self) -> Result<u32, Broken> {
        u32::try_from(self.leb128()?.0).map_err(|_| Broken)
    }

    /// The same with a sign, which is the highest of the bits that are written.
    pub(crate) fn sleb128(&mut self) -> Result<i64, Broken> {
        let (value, bits) = self.leb128()?;
        let unused = 64_u32.wrapping_sub(bits);
        Ok(value.wrapping_shl(unused).cast_signed().wrapping_shr(unused))
    }

    /// The number and how many bits were written.
    fn leb128(&mut self) -> Result<(u64, u32), Broken> {
        let (mut value, mut bits) = (0, 0_u32);
        while bits < 63 {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7f).wrapping_shl(bits);
            bits = bits.wrapping_add(7);
            if byte & 0x80 == 0 {
                return Ok((value, bits));
            }
        }
        Err(Broken)
    }
}
