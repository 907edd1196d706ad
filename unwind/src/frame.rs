//! A frame of the walk: the function it is of, and the steps from one to the next.

use core::ptr::NonNull;

use crate::Refusal;
use crate::functions::{Function, Functions};
use crate::image::{Broken, Image};
use crate::personality::personality;
use crate::registers::Registers;
use crate::tables::{Call, Pending};
use crate::unwind_info::{Handler, UnwindInfo};

#[cfg(target_env = "gnu")]
use crate::tables::gnu as tables;
#[cfg(target_env = "msvc")]
use crate::tables::msvc as tables;

/// The image that this crate is linked into.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    pub(crate) image: Image,
    functions: Functions,
}

/// A function of the image that is in the middle of a call.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) function: Function,
    pub(crate) info: UnwindInfo,
    pub(crate) handler: Option<Handler>,
    return_to: u32,
}

impl Program {
    pub(crate) fn this() -> Result<Program, Broken> {
        unsafe extern "C" {
            /// The linker's name for the address that the image is loaded at.
            static __ImageBase: u8;
        }
        // SAFETY: that is where the image is, which this function is part of; nobody writes headers and tables.
        let image = unsafe { Image::loaded(NonNull::from(&__ImageBase))? };
        Ok(Program { image, functions: Functions::of(image)? })
    }

    /// The frame that a call returns to.
    pub(crate) fn frame(&self, return_to: u64) -> Result<Frame, Refusal> {
        if return_to == 0 {
            return Err(Refusal::NoBoundary);
        }
        let return_to = self.image.offset_of(return_to).ok_or(Refusal::ForeignFrame)?;
        // The call and not what follows it, which is another function if the call never returns and is the last
        // instruction.
        let call = return_to.checked_sub(1).ok_or(Refusal::ForeignFrame)?;
        // A function that calls others has unwind info. One that has none is an assembler's, and there is no way on.
        let function = self.functions.find(call)?.ok_or(Refusal::ForeignFrame)?;
        let info = UnwindInfo::read(&self.image, function.unwind_info)?;
        Ok(Frame { function, info, handler: info.handler(&self.image)?, return_to })
    }

    /// What the frame has to do before it is left.
    pub(crate) fn pending(&self, frame: &Frame) -> Result<Pending, Refusal> {
        let Some(handler) = frame.handler else { return Ok(Pending::Nothing) };
        let ours = self.image.offset_of(personality as *const () as u64);
        if ours != Some(handler.routine) {
            return Err(Refusal::ForeignFrame);
        }
        let call = Call { function: frame.function.begin, return_to: frame.return_to, data: handler.data };
        Ok(tables::pending(&self.image, call)?)
    }

    /// Whether the frame is of the function that begins here.
    pub(crate) fn is(&self, frame: &Frame, function: *const ()) -> bool {
        self.image.offset_of(function as u64) == Some(frame.function.begin)
    }

    /// Goes from a frame to its caller's.
    ///
    /// # Safety
    ///
    /// `registers` are those of the frame, which is on the running stack.
    pub(crate) unsafe fn leave(&self, frame: &Frame, registers: &mut Registers) -> Result<(), Broken> {
        // SAFETY: the unwind info is that of the frame's function. Nobody else writes to the running stack.
        unsafe { frame.info.leave(&self.image, registers) }
    }
}
