//! What has to be assembler: to see all registers, to set them all, and to be known by its address.

use core::arch::global_asm;
use core::mem::offset_of;

use crate::passes::{search, unwind};
use crate::personality::boundary;
use crate::registers::Registers;

global_asm!(
    include_str!("x86_64.s"),
    integers = const offset_of!(Registers, integers),
    vectors = const offset_of!(Registers, vectors),
    rip = const offset_of!(Registers, rip),
    shadow_stack = const offset_of!(Registers, shadow_stack),
    boundary = sym boundary,
    search = sym search,
    unwind = sym unwind,
);
#[cfg(target_env = "gnu")]
global_asm!(include_str!("x86_64_gnu.s"), unwind = sym unwind);
#[cfg(target_env = "msvc")]
global_asm!(include_str!("x86_64_msvc.s"));

/// The stubs in `x86_64.s` reserve so much for it.
const _: () = assert!(size_of::<Registers>() == 304 && align_of::<Registers>() == 16);

unsafe extern "C" {
    /// Loads the registers and goes on at their rip.
    ///
    /// # Safety
    ///
    /// Code that expects these registers is there, and no frame below their rsp is used any more.
    pub(crate) fn ndis_unwind_resume(registers: *const Registers) -> !;
    /// Calls a cleanup funclet for the frame with this establisher.
    ///
    /// # Safety
    ///
    /// The funclet is due for that frame.
    #[cfg(target_env = "msvc")]
    pub(crate) fn ndis_unwind_call_funclet(funclet: u64, establisher: u64);
}
