//! The registers that a function keeps for its caller, and the stack they are saved on.

use core::ptr::NonNull;

use super::image::Broken;

/// The number of rsp among the integer registers.
const RSP: u8 = 4;
/// The vector registers before this one belong to the called function.
const FIRST_KEPT_VECTOR: u8 = 6;
/// No frame of a kernel driver is larger: the whole stack is not.
const FRAME_LIMIT: u64 = 1 << 20;

/// What a frame's registers are: at first where the panic was raised, then from caller to caller.
///
/// `x86_64.s` fills it and loads it. A tenth of Windows's CONTEXT is enough, since between two calls only the registers
/// count that a called function has to keep.
#[repr(C, align(16))]
pub(crate) struct Registers {
    /// xmm6 to xmm15.
    pub(crate) vectors: [[u64; 2]; 10],
    /// By their numbers in unwind codes. Of those that a called function may change, rax and rdx are used, as what a
    /// landing pad and the boundary's caller find there.
    pub(crate) integers: [u64; 16],
    /// The return address: the instruction behind the frame's call.
    pub(crate) rip: u64,
    /// Where the shadow stack is (CET), or 0 without one.
    pub(crate) shadow_stack: u64,
}

/// The memory that a frame may be saved in: from its rsp upwards. Nothing below rsp is ever read.
pub(crate) struct Stack {
    low: u64,
    high: u64,
}

impl Registers {
    pub(crate) fn rsp(&self) -> u64 {
        let [_, _, _, _, rsp, ..] = self.integers;
        rsp
    }

    pub(crate) fn set_rsp(&mut self, value: u64) {
        let [_, _, _, _, rsp, ..] = &mut self.integers;
        *rsp = value;
    }

    /// Takes `by` bytes off the stack.
    pub(crate) fn drop_stack(&mut self, by: u64) -> Result<(), Broken> {
        self.set_rsp(self.rsp().checked_add(by).ok_or(Broken)?);
        Ok(())
    }

    pub(crate) fn integer(&self, number: u8) -> Result<u64, Broken> {
        self.integers.get(usize::from(number)).copied().ok_or(Broken)
    }

    /// Restores an integer register. rsp is not restored but moved, so no table says that it was saved.
    pub(crate) fn set_integer(&mut self, number: u8, value: u64) -> Result<(), Broken> {
        if number == RSP {
            return Err(Broken);
        }
        *self.integers.get_mut(usize::from(number)).ok_or(Broken)? = value;
        Ok(())
    }

    /// Restores a vector register, if it is one that is kept for callers: the others matter to nobody.
    pub(crate) fn set_vector(&mut self, number: u8, value: [u64; 2]) {
        let kept = number.checked_sub(FIRST_KEPT_VECTOR).and_then(|index| self.vectors.get_mut(usize::from(index)));
        if let Some(vector) = kept {
            *vector = value;
        }
    }
}

impl Stack {
    /// # Safety
    ///
    /// rsp is in a stack's used part, and what the tables call saved above it, within the largest frame, is part of
    /// that stack, which nobody else writes.
    pub(crate) unsafe fn above(rsp: u64) -> Stack {
        Stack { low: rsp, high: rsp.saturating_add(FRAME_LIMIT) }
    }

    /// The value at an address.
    pub(crate) fn read(&self, address: u64) -> Result<u64, Broken> {
        let end = address.checked_add(8).ok_or(Broken)?;
        if address < self.low || end > self.high {
            return Err(Broken);
        }
        let value = NonNull::new(core::ptr::with_exposed_provenance_mut::<[u8; 8]>(address as usize)).ok_or(Broken)?;
        // SAFETY: the tables say that a register or the return address was saved there, above rsp: see `above`. Bytes
        // have no alignment.
        Ok(u64::from_le_bytes(unsafe { *value.as_ref() }))
    }
}
