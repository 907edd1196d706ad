//! UNWIND_INFO: how a function keeps its caller's registers, and with that the way back to the caller.
//!
//! What differs from `RtlVirtualUnwind`: a frame is always left from the function's body, that is from behind a call.
//! Prologues and epilogues call nothing, so no instruction is ever looked at.

use super::image::{Broken, Image, offset};
use super::registers::{Registers, Stack};

/// The size of the header, which codes follow.
const HEADER: u32 = 4;
/// UNW_FLAG_EHANDLER and UNW_FLAG_UHANDLER: a language handler follows the codes.
const HANDLER: u8 = 1 | 2;
/// UNW_FLAG_CHAININFO: the RUNTIME_FUNCTION of another unwind info follows the codes.
const CHAINED: u8 = 4;
/// In a RUNTIME_FUNCTION: where its unwind info is.
const UNWIND_INFO: u32 = 8;
/// A chain in a circle ends here.
const MAX_CHAIN: u32 = 32;

/// The header of an unwind info.
#[derive(Clone, Copy)]
pub(crate) struct UnwindInfo {
    at: u32,
    version: u8,
    flags: u8,
    codes: u32,
    frame_register: u8,
    frame_offset: u8,
}

/// The function a language's exceptions in a frame are handled by, and where its tables are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Handler {
    pub(crate) routine: u32,
    pub(crate) data: u32,
}

impl UnwindInfo {
    pub(crate) fn read(image: &Image, at: u32) -> Result<UnwindInfo, Broken> {
        let [version_and_flags, _prologue, codes, frame] = image.read(at)?;
        let info = UnwindInfo {
            at,
            version: version_and_flags & 7,
            flags: version_and_flags >> 3,
            codes: u32::from(codes),
            frame_register: frame & 15,
            frame_offset: frame >> 4,
        };
        let known = at & 3 == 0 && matches!(info.version, 1 | 2);
        let chained_only = info.flags & CHAINED == 0 || info.flags & HANDLER == 0;
        if known && chained_only { Ok(info) } else { Err(Broken) }
    }

    /// Where the codes end: they are padded to an even number.
    fn tail(&self) -> Result<u32, Broken> {
        offset(self.at, HEADER.wrapping_add((self.codes.wrapping_add(1) & !1).wrapping_mul(2)))
    }

    /// The unwind info that goes on where this one ends.
    fn chained(&self, image: &Image) -> Result<Option<UnwindInfo>, Broken> {
        if self.flags & CHAINED == 0 {
            return Ok(None);
        }
        UnwindInfo::read(image, image.u32(offset(self.tail()?, UNWIND_INFO)?)?).map(Some)
    }

    /// The handler of the function, which is in the last info of the chain.
    pub(crate) fn handler(self, image: &Image) -> Result<Option<Handler>, Broken> {
        let mut info = self;
        for _ in 0..MAX_CHAIN {
            match info.chained(image)? {
                Some(next) => info = next,
                None if info.flags & HANDLER == 0 => return Ok(None),
                None => {
                    let at = info.tail()?;
                    return Ok(Some(Handler { routine: image.u32(at)?, data: offset(at, 4)? }));
                }
            }
        }
        Err(Broken)
    }

    /// Where the function's fixed part of the stack is, in its body: what saved registers are found by, and what its
    /// cleanups are told.
    pub(crate) fn establisher(&self, registers: &Registers) -> Result<u64, Broken> {
        match self.frame_register {
            0 => Ok(registers.rsp()),
            number => {
                registers.integer(number)?.checked_sub(u64::from(self.frame_offset).wrapping_mul(16)).ok_or(Broken)
            }
        }
    }

    /// Takes `registers` from behind a call in this function to behind the call of this function.
    ///
    /// # Safety
    ///
    /// `registers` are of a frame of the function that this is the unwind info of, on a stack that nobody else writes.
    pub(crate) unsafe fn leave(self, image: &Image, registers: &mut Registers) -> Result<(), Broken> {
        // SAFETY: the frame is on the stack, and its registers are saved where its unwind info says.
        let stack = unsafe { Stack::above(registers.rsp()) };
        let mut info = self;
        for _ in 0..MAX_CHAIN {
            info.undo(image, registers, &stack)?;
            match info.chained(image)? {
                Some(next) => info = next,
                None => return pop_return_address(registers, &stack),
            }
        }
        Err(Broken)
    }

    /// Undoes the part of the prologue that this info describes. Its codes are in the order of undoing.
    fn undo(&self, image: &Image, registers: &mut Registers, stack: &Stack) -> Result<(), Broken> {
        let frame = self.establisher(registers)?;
        let saved = |distance: u32| frame.checked_add(u64::from(distance)).ok_or(Broken);
        let mut codes = Codes::of(image, self)?;
        while let Some((operation, operand)) = codes.operation()? {
            match operation {
                PUSH_NONVOL => {
                    registers.set_integer(operand, stack.read(registers.rsp())?)?;
                    registers.drop_stack(8)?;
                }
                ALLOC_LARGE if operand == 0 => registers.drop_stack(u64::from(codes.near(8)?))?,
                ALLOC_LARGE if operand == 1 => registers.drop_stack(u64::from(codes.far()?))?,
                ALLOC_SMALL => registers.drop_stack(u64::from(operand).wrapping_add(1).wrapping_mul(8))?,
                SET_FPREG if self.frame_register != 0 => registers.set_rsp(frame),
                SAVE_NONVOL => registers.set_integer(operand, stack.read(saved(codes.near(8)?)?)?)?,
                SAVE_NONVOL_FAR => registers.set_integer(operand, stack.read(saved(codes.far()?)?)?)?,
                EPILOG if self.version == 2 => {} // where an epilogue is, for whom is not behind a call
                SAVE_XMM128 => registers.set_vector(operand, read_vector(stack, saved(codes.near(16)?)?)?),
                SAVE_XMM128_FAR => registers.set_vector(operand, read_vector(stack, saved(codes.far()?)?)?),
                // Also UWOP_PUSH_MACHFRAME: what an interrupt or a fault interrupted made no call.
                _ => return Err(Broken),
            }
        }
        Ok(())
    }
}

fn read_vector(stack: &Stack, at: u64) -> Result<[u64; 2], Broken> {
    Ok([stack.read(at)?, stack.read(at.checked_add(8).ok_or(Broken)?)?])
}

/// The end of every frame. The return address is read above the frame's rsp, or not at all, so the caller's rsp is
/// above it too and every walk ends.
fn pop_return_address(registers: &mut Registers, stack: &Stack) -> Result<(), Broken> {
    registers.rip = stack.read(registers.rsp())?;
    registers.drop_stack(8)?;
    if registers.shadow_stack != 0 {
        registers.shadow_stack = registers.shadow_stack.checked_add(8).ok_or(Broken)?; // the same return address again
    }
    Ok(())
}

// UWOP_…
const PUSH_NONVOL: u8 = 0;
const ALLOC_LARGE: u8 = 1;
const ALLOC_SMALL: u8 = 2;
const SET_FPREG: u8 = 3;
const SAVE_NONVOL: u8 = 4;
const SAVE_NONVOL_FAR: u8 = 5;
const EPILOG: u8 = 6;
const SAVE_XMM128: u8 = 8;
const SAVE_XMM128_FAR: u8 = 9;

/// The codes of an unwind info that are not read yet, in slots of two bytes.
struct Codes<'a> {
    image: &'a Image,
    at: u32,
    end: u32,
}

impl<'a> Codes<'a> {
    fn of(image: &'a Image, info: &UnwindInfo) -> Result<Codes<'a>, Broken> {
        let at = offset(info.at, HEADER)?;
        Ok(Codes { image, at, end: offset(at, info.codes.wrapping_mul(2))? })
    }

    /// The next operation and its operand.
    fn operation(&mut self) -> Result<Option<(u8, u8)>, Broken> {
        if self.at == self.end {
            return Ok(None);
        }
        let [_in_the_prologue, code] = self.slot()?.to_le_bytes();
        Ok(Some((code & 15, code >> 4)))
    }

    /// An operand of one slot, in units of so many bytes.
    fn near(&mut self, unit: u32) -> Result<u32, Broken> {
        u32::from(self.slot()?).checked_mul(unit).ok_or(Broken)
    }

    /// An operand of two slots.
    fn far(&mut self) -> Result<u32, Broken> {
        let low = self.slot()?;
        Ok(u32::from(self.slot()?) << 16 | u32::from(low))
    }

    fn slot(&mut self) -> Result<u16, Broken> {
        if self.at >= self.end {
            return Err(Broken);
        }
        let slot = self.image.u16(self.at)?;
        self.at = offset(self.at, 2)?;
        Ok(slot)
    }
}
