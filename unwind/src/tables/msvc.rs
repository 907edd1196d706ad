//! FuncInfo, the tables of C++'s `__CxxFrameHandler3`, which Rust uses on msvc targets: in which state a call is, and
//! which funclets clean up from there.

use super::super::image::{Broken, Image, offset};
use super::{Call, Pending};

/// The newest of the format's versions, which is what LLVM writes. The three high bits are flags.
const MAGIC: u32 = 0x1993_0522;
const MAGIC_BITS: u32 = 0x1fff_ffff;
/// In the last field: the function is `noexcept`.
const NOEXCEPT: u32 = 4;
/// The sizes of the tables' entries.
const UNWIND_ENTRY: u32 = 8;
const TRY_ENTRY: u32 = 20;
const IP_ENTRY: u32 = 8;

/// What the frame has to do when this call unwinds.
pub(crate) fn pending(image: &Image, call: Call) -> Result<Pending, Broken> {
    let info = FuncInfo::read(image, call.data)?;
    let state = info.state_at(image, call.return_to)?;
    if info.noexcept || info.catches(image, state)? {
        return Ok(Pending::Abort);
    }
    let Ok(state) = u32::try_from(state) else { return Ok(Pending::Nothing) };
    // Read to its end once, so that nothing is cleaned up where a table is broken further on.
    let mut funclets = Funclets { image, info, state: Some(state) };
    while funclets.next()?.is_some() {}
    Ok(Pending::Cleanup(state))
}

/// The part of FuncInfo that unwinding needs.
#[derive(Clone, Copy)]
struct FuncInfo {
    states: u32,
    unwind_map: u32,
    tries: u32,
    try_map: u32,
    ips: u32,
    ip_map: u32,
    noexcept: bool,
}

impl FuncInfo {
    fn read(image: &Image, data: u32) -> Result<FuncInfo, Broken> {
        let at = image.u32(data)?;
        let field = |number: u32| image.u32(offset(at, number.wrapping_mul(4))?);
        if field(0)? & MAGIC_BITS != MAGIC {
            return Err(Broken);
        }
        Ok(FuncInfo {
            states: field(1)?,
            unwind_map: field(2)?,
            tries: field(3)?,
            try_map: field(4)?,
            ips: field(5)?,
            ip_map: field(6)?,
            noexcept: field(9)? & NOEXCEPT != 0, // 7 and 8 are for catching
        })
    }

    /// The state of the last entry at or before the return address; -1 before the first. A return address is never
    /// where the next state begins: LLVM puts a byte or a `nop` between.
    fn state_at(&self, image: &Image, return_to: u32) -> Result<i32, Broken> {
        let mut state = -1;
        for index in 0..self.ips {
            let entry = element(self.ip_map, index, IP_ENTRY)?;
            if image.u32(entry)? > return_to {
                break;
            }
            state = image.u32(offset(entry, 4)?)?.cast_signed();
        }
        Ok(state)
    }

    /// Whether a `try` covers the state. The only catch in Rust without `std` is the end of a `nounwind` function.
    fn catches(&self, image: &Image, state: i32) -> Result<bool, Broken> {
        for index in 0..self.tries {
            let entry = element(self.try_map, index, TRY_ENTRY)?;
            let (low, high) = (image.u32(entry)?.cast_signed(), image.u32(offset(entry, 4)?)?.cast_signed());
            if low <= state && state <= high {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The cleanup funclets of a state and of the states around it, the innermost first.
pub(crate) struct Funclets<'a> {
    image: &'a Image,
    info: FuncInfo,
    state: Option<u32>,
}

impl<'a> Funclets<'a> {
    /// The funclets of a state that [`pending`] gave.
    pub(crate) fn of(image: &'a Image, data: u32, state: u32) -> Result<Funclets<'a>, Broken> {
        Ok(Funclets { image, info: FuncInfo::read(image, data)?, state: Some(state) })
    }

    /// Where the next funclet begins.
    pub(crate) fn next(&mut self) -> Result<Option<u32>, Broken> {
        while let Some(state) = self.state {
            if state >= self.info.states {
                return Err(Broken);
            }
            let entry = element(self.info.unwind_map, state, UNWIND_ENTRY)?;
            let (outer, funclet) = (self.image.u32(entry)?.cast_signed(), self.image.u32(offset(entry, 4)?)?);
            self.state = u32::try_from(outer).ok();
            if self.state.is_some_and(|outer| outer >= state) {
                return Err(Broken); // outer states have smaller numbers, so that this ends
            }
            if funclet != 0 {
                self.image.u8(funclet)?; // it is in the image
                return Ok(Some(funclet));
            }
        }
        Ok(None)
    }
}

fn element(table: u32, index: u32, size: u32) -> Result<u32, Broken> {
    offset(table, index.checked_mul(size).ok_or(Broken)?)
}
