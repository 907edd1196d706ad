//! The two passes of `raise`: a walk that changes nothing and finds the boundary, or a reason not to unwind; then the
//! same walk again, which cleans up.

use core::convert::Infallible;

use crate::Refusal;
use crate::assembly::ndis_unwind_resume;
use crate::catch::ndis_unwind_catch;
use crate::frame::{Frame, Program};
use crate::names::fail_fast;
use crate::raise::ndis_unwind_raise;
use crate::registers::Registers;
use crate::tables::Pending;

/// More frames than fit on any kernel stack.
const MAX_FRAMES: u32 = 4096;

/// The first pass, which `x86_64.s` calls: 0 if there is a boundary that can be unwound to, else a [`Refusal`].
///
/// # Safety
///
/// `registers` are those of the frame of the stub that calls this.
pub(crate) unsafe extern "C-unwind" fn search(registers: &mut Registers) -> u32 {
    // SAFETY: as the caller promises.
    match unsafe { find_boundary(registers) } {
        Ok(()) => 0,
        Err(refusal) => refusal as u32,
    }
}

/// The second pass, which `x86_64.s` calls, on gnu again after each landing pad.
///
/// # Safety
///
/// `registers` are those of the frame of the stub that calls this, and `search` found a boundary above it.
pub(crate) unsafe extern "C-unwind" fn unwind(registers: &mut Registers) -> ! {
    // SAFETY: as the caller promises.
    match unsafe { clean_up_to_boundary(registers) } {
        Ok(never) => match never {},
        // Tables that changed since they were searched. There is no way on, and none back.
        Err(_) => fail_fast(),
    }
}

/// # Safety
///
/// As for [`search`].
unsafe fn find_boundary(registers: &mut Registers) -> Result<(), Refusal> {
    let program = Program::this()?;
    // SAFETY: as the caller promises.
    unsafe { leave_stub(&program, registers)? };
    for _ in 0..MAX_FRAMES {
        let frame = program.frame(registers.rip)?;
        if program.is(&frame, ndis_unwind_catch as *const ()) {
            return Ok(());
        }
        // Another raise is below this one: it runs a funclet, which calls a destructor, which panics. On msvc rustc
        // does not make calls in funclets abort, since C++'s runtime does so itself; on gnu the tables say it, and the
        // stub is not on the stack any more.
        if program.is(&frame, ndis_unwind_raise as *const ()) {
            return Err(Refusal::Nounwind);
        }
        if program.pending(&frame)? == Pending::Abort {
            return Err(Refusal::Nounwind);
        }
        // SAFETY: `registers` came to this frame from the stub's, step by step.
        unsafe { program.leave(&frame, registers)? };
    }
    Err(Refusal::TooDeep)
}

/// # Safety
///
/// As for [`unwind`].
unsafe fn clean_up_to_boundary(registers: &mut Registers) -> Result<Infallible, Refusal> {
    let program = Program::this()?;
    // SAFETY: as the caller promises.
    unsafe { leave_stub(&program, registers)? };
    loop {
        let frame = program.frame(registers.rip)?;
        if program.is(&frame, ndis_unwind_catch as *const ()) {
            // SAFETY: every frame below was cleaned up and may go. The boundary's frame is as behind its call, which
            // with this returns true.
            unsafe { resume(registers) };
        }
        match program.pending(&frame)? {
            Pending::Nothing => {}
            // SAFETY: `registers` are the frame's, and every frame below was cleaned up.
            Pending::Cleanup(cleanup) => unsafe { clean_up(&program, &frame, registers, cleanup)? },
            Pending::Abort => return Err(Refusal::Nounwind),
        }
        // SAFETY: `registers` came to this frame from the stub's, step by step.
        unsafe { program.leave(&frame, registers)? };
    }
}

/// The stub's own frame is the first; it has nothing to clean up.
///
/// # Safety
///
/// As for [`search`].
unsafe fn leave_stub(program: &Program, registers: &mut Registers) -> Result<(), Refusal> {
    let stub = program.frame(registers.rip)?;
    // SAFETY: the stub's frame is at the end of the running stack.
    unsafe { program.leave(&stub, registers)? };
    Ok(())
}

/// Calls the frame's funclets, on top of the stack. They are functions that get at the frame's variables.
///
/// # Safety
///
/// `registers` are the frame's, every frame below was cleaned up, and the tables gave `state` for this frame.
#[cfg(target_env = "msvc")]
unsafe fn clean_up(program: &Program, frame: &Frame, registers: &mut Registers, state: u32) -> Result<(), Refusal> {
    let Some(handler) = frame.handler else { return Ok(()) };
    let establisher = frame.info.establisher(registers)?;
    let mut funclets = crate::tables::msvc::Funclets::of(&program.image, handler.data, state)?;
    while let Some(funclet) = funclets.next()? {
        let funclet = program.image.address_of(funclet)?;
        // SAFETY: the tables name it as a funclet of this frame that is due now, and each is called once.
        unsafe { crate::assembly::ndis_unwind_call_funclet(funclet, establisher) };
    }
    Ok(())
}

/// Goes on at the frame's landing pad, which ends by calling `_Unwind_Resume`, and that goes on with the second pass.
///
/// # Safety
///
/// `registers` are the frame's, every frame below was cleaned up, and the tables gave `landing_pad` for this frame.
#[cfg(target_env = "gnu")]
unsafe fn clean_up(program: &Program, _: &Frame, registers: &mut Registers, landing_pad: u32) -> Result<(), Refusal> {
    registers.rip = program.image.address_of(landing_pad)?;
    // SAFETY: the frame is as behind its call, for which this is the landing pad.
    unsafe { resume(registers) }
}

/// Goes on at `registers`. In rax, 1 is true for the boundary, and for a landing pad what it passes to
/// `_Unwind_Resume`, to which it says nothing. In rdx, 0 says to a landing pad that nothing is to be caught.
///
/// # Safety
///
/// Code that expects these registers is at rip, and no frame below rsp is used any more.
unsafe fn resume(registers: &mut Registers) -> ! {
    let [rax, _, rdx, ..] = &mut registers.integers;
    (*rax, *rdx) = (1, 0);
    // SAFETY: as the caller promises.
    unsafe { ndis_unwind_resume(registers) }
}
