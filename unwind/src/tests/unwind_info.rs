extern crate std;

use core::array::from_fn;
use std::boxed::Box;
use std::vec::Vec;

use super::{image, words};
use crate::image::{Broken, Image};
use crate::registers::Registers;
use crate::unwind_info::{Handler, UnwindInfo};

// Integer registers by number.
const RBX: u8 = 3;
const RSP: u8 = 4;
const RBP: u8 = 5;
const RSI: u8 = 6;

// Operations.
const PUSH: u8 = 0;
const ALLOC_LARGE: u8 = 1;
const ALLOC_SMALL: u8 = 2;
const SET_FRAME: u8 = 3;
const SAVE: u8 = 4;
const SAVE_FAR: u8 = 5;
const EPILOGUE: u8 = 6;
const SAVE_VECTOR: u8 = 8;
const SAVE_VECTOR_FAR: u8 = 9;
const MACHINE_FRAME: u8 = 10;

// Flags.
const EHANDLER: u8 = 1;
const UHANDLER: u8 = 2;
const CHAINED: u8 = 4;

/// An unwind code; where in the prologue it is has no meaning here.
fn code(operation: u8, operand: u8) -> u16 {
    u16::from_le_bytes([0x42, operation | operand << 4])
}

/// An unwind info with its padding.
struct Info<'a> {
    version: u8,
    flags: u8,
    /// The register, and its distance in units of 16 bytes.
    frame: (u8, u8),
    codes: &'a [u16],
    tail: &'a [u32],
}

const PLAIN: Info<'static> = Info { version: 1, flags: 0, frame: (0, 0), codes: &[], tail: &[] };

impl Info<'_> {
    fn bytes(&self) -> Vec<u8> {
        let count = u8::try_from(self.codes.len()).unwrap();
        let mut bytes = Vec::from([self.version | self.flags << 3, 0x42, count, self.frame.0 | self.frame.1 << 4]);
        bytes.extend(self.codes.iter().flat_map(|code| code.to_le_bytes()));
        bytes.resize(bytes.len().next_multiple_of(4), 0xee);
        bytes.extend(words(self.tail));
        bytes
    }

    /// Leaves a frame with this info.
    fn leave(&self) -> Result<Left, Broken> {
        leave(&image(&self.bytes()), 0, |_| {})
    }

    fn leave_with(&self, prepare: impl FnOnce(&mut Registers)) -> Result<Left, Broken> {
        leave(&image(&self.bytes()), 0, prepare)
    }
}

fn plain(codes: &[u16]) -> Info<'_> {
    Info { codes, ..PLAIN }
}

/// What became of a frame.
struct Left {
    registers: Registers,
    stack: u64,
}

/// The value at a place of the stack, in units of 8 bytes, and the one that each register has at first.
fn on_stack(index: u64) -> u64 {
    0x5000 + index
}
fn in_register(number: u8) -> u64 {
    0x7000 + u64::from(number)
}

/// The registers of a frame at the start of a stack of 64 values.
fn registers() -> Registers {
    let stack = super::keep(Box::<[u64; 64]>::new(from_fn(|index| on_stack(index as u64))));
    let mut registers = Registers {
        vectors: [[0; 2]; 10],
        integers: from_fn(|number| in_register(number as u8)),
        rip: 0,
        shadow_stack: 0,
    };
    registers.set_rsp(stack.as_ptr().expose_provenance() as u64);
    registers
}

fn leave(image: &Image, at: u32, prepare: impl FnOnce(&mut Registers)) -> Result<Left, Broken> {
    let mut registers = registers();
    let stack = registers.rsp();
    prepare(&mut registers);
    let info = UnwindInfo::read(image, at)?;
    // SAFETY: rsp is at the start of 512 bytes that stay. The infos below save nothing behind them, or so far behind
    // that it is no frame.
    unsafe { info.leave(image, &mut registers)? };
    Ok(Left { registers, stack })
}

impl Left {
    /// The caller's rsp, from where the callee's was, in units of 8 bytes.
    fn rsp(&self) -> u64 {
        (self.registers.rsp() - self.stack) / 8
    }

    /// Checks which return address was popped, and that rsp is behind it.
    #[track_caller]
    fn returned_by(&self, index: u64) -> &Left {
        assert_eq!((self.registers.rip, self.rsp()), (on_stack(index), index + 1));
        self
    }

    /// Checks which registers were restored, from where, and that the others were not touched.
    #[track_caller]
    fn restored(&self, saved: &[(u8, u64)]) {
        for number in (0..16).filter(|number| *number != RSP) {
            let place = saved.iter().find(|(register, _)| *register == number);
            let expected = place.map_or(in_register(number), |(_, index)| on_stack(*index));
            assert_eq!(self.registers.integers[usize::from(number)], expected, "register {number}");
        }
    }
}

#[test]
fn a_frame_of_nothing_is_a_return_address() {
    PLAIN.leave().unwrap().returned_by(0).restored(&[]);
}

#[test]
fn pushed_registers_are_popped_in_order() {
    let left = plain(&[code(PUSH, RSI), code(PUSH, RBX), code(PUSH, 15)]).leave().unwrap();
    left.returned_by(3).restored(&[(RSI, 0), (RBX, 1), (15, 2)]);
}

#[test]
fn small_allocations() {
    plain(&[code(ALLOC_SMALL, 0)]).leave().unwrap().returned_by(1).restored(&[]);
    plain(&[code(ALLOC_SMALL, 15)]).leave().unwrap().returned_by(16).restored(&[]);
}

#[test]
fn large_allocations() {
    plain(&[code(ALLOC_LARGE, 0), 18]).leave().unwrap().returned_by(18).restored(&[]);
    plain(&[code(ALLOC_LARGE, 1), 19 * 8, 0]).leave().unwrap().returned_by(19).restored(&[]);
    plain(&[code(ALLOC_LARGE, 1), 0, 1]).leave_with(|registers| registers.set_rsp(registers.rsp() - 0x1_0000)).unwrap();
}

#[test]
fn operations_are_undone_one_after_the_other() {
    let left =
        plain(&[code(ALLOC_SMALL, 3), code(PUSH, RBX), code(ALLOC_LARGE, 0), 2, code(PUSH, RBP)]).leave().unwrap();
    left.returned_by(8).restored(&[(RBX, 4), (RBP, 7)]);
}

#[test]
fn registers_are_saved_at_distances_from_rsp() {
    let left = plain(&[code(SAVE, RBX), 5, code(SAVE_FAR, RSI), 48, 0, code(ALLOC_SMALL, 7)]).leave().unwrap();
    left.returned_by(8).restored(&[(RBX, 5), (RSI, 6)]);
}

#[test]
fn vector_registers_are_saved_at_distances_from_rsp() {
    let codes = [code(SAVE_VECTOR, 6), 1, code(SAVE_VECTOR_FAR, 15), 64, 0, code(ALLOC_LARGE, 0), 12];
    let left = plain(&codes).leave().unwrap();
    left.returned_by(12).restored(&[]);
    let mut expected = [[0; 2]; 10];
    expected[0] = [on_stack(2), on_stack(3)];
    expected[9] = [on_stack(8), on_stack(9)];
    assert_eq!(left.registers.vectors, expected);
}

#[test]
fn vector_registers_that_nobody_keeps_are_passed_over() {
    let left = plain(&[code(SAVE_VECTOR, 5), 1, code(ALLOC_SMALL, 7)]).leave().unwrap();
    left.returned_by(8);
    assert_eq!(left.registers.vectors, [[0; 2]; 10]);
}

/// rsp is 10 values below where the frame register says that the fixed part is, as behind an `alloca`.
fn with_frame_register(registers: &mut Registers) {
    registers.integers[usize::from(RBP)] = registers.rsp() + 10 * 8 + 2 * 16;
}

#[test]
fn a_frame_register_says_where_the_fixed_part_is() {
    let codes = [code(SAVE, RBX), 1, code(SET_FRAME, 0), code(ALLOC_SMALL, 3), code(PUSH, RBP)];
    let info = Info { frame: (RBP, 2), ..plain(&codes) };
    info.leave_with(with_frame_register).unwrap().returned_by(15).restored(&[(RBX, 11), (RBP, 14)]);
}

#[test]
fn the_establisher_is_rsp_or_what_the_frame_register_says() {
    let mut registers = registers();
    with_frame_register(&mut registers);
    let (rsp, of) = (registers.rsp(), |info: &Info<'_>| UnwindInfo::read(&image(&info.bytes()), 0).unwrap());
    assert_eq!(of(&PLAIN).establisher(&registers), Ok(rsp));
    assert_eq!(of(&Info { frame: (RBP, 2), ..PLAIN }).establisher(&registers), Ok(rsp + 80));
    registers.integers[usize::from(RBP)] = 31;
    assert_eq!(of(&Info { frame: (RBP, 2), ..PLAIN }).establisher(&registers), Err(Broken));
}

#[test]
fn version_2_says_where_epilogues_are() {
    let codes = [code(EPILOGUE, 1), code(EPILOGUE, 0), code(ALLOC_SMALL, 1), code(PUSH, RBX)];
    let info = Info { version: 2, ..plain(&codes) };
    info.leave().unwrap().returned_by(3).restored(&[(RBX, 2)]);
    assert!(matches!(plain(&codes).leave(), Err(Broken))); // version 1 does not
}

#[test]
fn the_shadow_stack_loses_the_return_address_too() {
    let with = |shadow_stack| PLAIN.leave_with(|registers| registers.shadow_stack = shadow_stack);
    assert_eq!(with(0).unwrap().registers.shadow_stack, 0);
    assert_eq!(with(0x1000).unwrap().registers.shadow_stack, 0x1008);
    assert!(matches!(with(u64::MAX), Err(Broken)));
}

/// Two infos: the one that is at the start, and where it ends, the one that it is chained to.
fn chained(first: &[u16], last: Info<'_>) -> Image {
    let at = 4 + 2 * first.len().next_multiple_of(2) as u32 + 12;
    let first = Info { flags: CHAINED, tail: &[0x100, 0x200, at], ..plain(first) };
    image(&[first.bytes(), last.bytes()].concat())
}

#[test]
fn a_chained_info_goes_on_with_the_next() {
    for first in [&[code(ALLOC_SMALL, 0)][..], &[code(ALLOC_LARGE, 0), 1]] {
        let chain = chained(first, plain(&[code(PUSH, RBX)]));
        leave(&chain, 0, |_| {}).ok().unwrap().returned_by(2).restored(&[(RBX, 1)]);
    }
}

#[test]
fn the_handler_is_that_of_the_last_in_the_chain() {
    for (flags, codes) in [(EHANDLER, &[][..]), (UHANDLER, &[code(PUSH, RBX)]), (EHANDLER | UHANDLER, &[0, 0, 0])] {
        let info = Info { flags, tail: &[0x1234, 0x5678], ..plain(codes) };
        let after = 4 + 2 * codes.len().next_multiple_of(2) as u32;
        let handler = |image: &Image| UnwindInfo::read(image, 0).and_then(|info| info.handler(image));
        let expected = |at| Ok(Some(Handler { routine: 0x1234, data: at + 4 }));
        assert_eq!(handler(&image(&info.bytes())), expected(after));
        assert_eq!(handler(&chained(&[code(PUSH, RSI)], info)), expected(20 + after));
    }
    let image = image(&PLAIN.bytes());
    assert_eq!(UnwindInfo::read(&image, 0).unwrap().handler(&image), Ok(None));
}

#[test]
fn a_chain_in_a_circle_is_broken() {
    let circle = image(&Info { flags: CHAINED, tail: &[0, 0, 0], ..PLAIN }.bytes());
    assert!(matches!(leave(&circle, 0, |_| {}), Err(Broken)));
    assert_eq!(UnwindInfo::read(&circle, 0).unwrap().handler(&circle), Err(Broken));
}

#[test]
fn what_interrupted_the_function_is_no_call() {
    assert!(matches!(plain(&[code(MACHINE_FRAME, 0)]).leave(), Err(Broken)));
    assert!(matches!(plain(&[code(MACHINE_FRAME, 1)]).leave(), Err(Broken)));
}

#[test]
fn operations_that_do_not_exist_are_broken() {
    for operation in [7, 11, 12, 13, 14, 15] {
        let codes = [code(operation, 0), 0, 0];
        assert!(matches!(plain(&codes).leave(), Err(Broken)), "{operation}");
    }
    assert!(matches!(plain(&[code(ALLOC_LARGE, 2), 0, 0]).leave(), Err(Broken)));
    assert!(matches!(plain(&[code(PUSH, RSP)]).leave(), Err(Broken)));
    assert_eq!(registers().set_integer(RSP, 0), Err(Broken));
    assert!(matches!(plain(&[code(SET_FRAME, 0)]).leave(), Err(Broken))); // there is no frame register
}

#[test]
fn operands_that_are_cut_off_are_broken() {
    for codes in [
        &[code(ALLOC_LARGE, 0)][..],
        &[code(ALLOC_LARGE, 1), 0],
        &[code(SAVE, RBX)],
        &[code(SAVE_FAR, RBX), 0],
        &[code(SAVE_VECTOR, 6)],
        &[code(SAVE_VECTOR_FAR, 6), 0],
    ] {
        // What follows the codes would be a fine operand.
        assert!(matches!(Info { tail: &[0, 0], ..plain(codes) }.leave(), Err(Broken)), "{codes:?}");
    }
}

#[test]
fn infos_that_are_none_are_broken() {
    let read = |info: &Info<'_>, at| UnwindInfo::read(&image(&info.bytes()), at).map(|_| ());
    for version in [0, 3, 4, 5, 6, 7] {
        assert_eq!(read(&Info { version, ..PLAIN }, 0), Err(Broken), "{version}");
    }
    let shifted = image(&[0, 0, 1, 0, 0, 0]);
    assert!(matches!(UnwindInfo::read(&shifted, 2), Err(Broken)));
    assert_eq!(read(&PLAIN, 4), Err(Broken)); // where the image ends
    for handler in [EHANDLER, UHANDLER] {
        assert_eq!(read(&Info { flags: CHAINED | handler, ..PLAIN }, 0), Err(Broken));
    }
}

#[test]
fn infos_that_leave_the_image_are_broken() {
    let mut cut = plain(&[code(PUSH, RBX), code(PUSH, RSI)]).bytes();
    cut.pop();
    assert!(matches!(leave(&image(&cut), 0, |_| {}), Err(Broken)));
    for tail in [&[][..], &[0, 0], &[0, 0, 0x1_0000], &[0, 0, u32::MAX - 3]] {
        let outside = Info { flags: CHAINED, tail, ..PLAIN };
        assert!(matches!(outside.leave(), Err(Broken)), "{tail:?}");
    }
    let image = image(&Info { flags: EHANDLER, ..PLAIN }.bytes());
    assert_eq!(UnwindInfo::read(&image, 0).unwrap().handler(&image), Err(Broken));
}

#[test]
fn nothing_below_rsp_or_further_than_a_frame_is_read() {
    let frame = |by: i64| {
        move |registers: &mut Registers| {
            registers.integers[usize::from(RBP)] = registers.rsp().wrapping_add_signed(by);
        }
    };
    let saved = [code(SAVE, RBX), 0];
    let info = Info { frame: (RBP, 0), ..plain(&saved) };
    assert!(info.leave_with(frame(0)).is_ok());
    assert!(matches!(info.leave_with(frame(-8)), Err(Broken)));
    assert!(matches!(info.leave_with(frame(1 << 20)), Err(Broken)));
    assert!(matches!(info.leave_with(frame((1 << 20) - 4)), Err(Broken))); // half of it
    assert!(matches!(info.leave_with(|registers| registers.integers[usize::from(RBP)] = u64::MAX - 3), Err(Broken)));
    assert!(matches!(plain(&[code(ALLOC_LARGE, 1), 0, 0x10]).leave(), Err(Broken)));
    assert!(matches!(plain(&[code(SAVE_FAR, RBX), 0, 0x10]).leave(), Err(Broken)));
    // A frame register that takes rsp downwards.
    let codes = [code(SET_FRAME, 0)];
    assert!(matches!(Info { frame: (RBP, 0), ..plain(&codes) }.leave_with(frame(-8)), Err(Broken)));
    // rsp that overflows.
    let high = |registers: &mut Registers| registers.set_rsp(u64::MAX - 7);
    assert!(matches!(plain(&[code(ALLOC_SMALL, 0)]).leave_with(high), Err(Broken)));
}
