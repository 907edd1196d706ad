//! The walker's step from a frame to its caller against Windows's `RtlVirtualUnwind`, for every function of this image.
//!
//! The frames are synthetic: random registers, and a stack whose words are all different.

use alloc::vec::Vec;
use core::ffi::c_void;
use core::ptr::{self, NonNull};

use crate::kernel::{routine, unicode};
use crate::registers;
use crate::report::Report;
use crate::walker::functions::{Function, Functions};
use crate::walker::image::{Broken, Image};
use crate::walker::registers::Registers;
use crate::walker::unwind_info::{Handler, UnwindInfo};

core::arch::global_asm!(include_str!("function.s"), include_str!("differential.s"));

unsafe extern "C" {
    fn seldom_far();
    fn seldom_frame();
    fn seldom_volatile();
    fn seldom_first();
    fn seldom_second();
}

type LookupFunctionEntry = unsafe extern "system" fn(u64, &mut u64, *const c_void) -> *const u32;
type VirtualUnwind = unsafe extern "system" fn(
    kind: u32,
    base: u64,
    pc: u64,
    function: *const u32,
    context: &mut Context,
    data: &mut u64,
    establisher: &mut u64,
    pointers: *mut c_void,
) -> u64;

/// CONTEXT, in words.
#[repr(C, align(16))]
struct Context([u64; 154]);

/// Where it has rax, which the others follow in the order of their numbers; rip; and xmm6.
const RAX: usize = 0x78 / 8;
const RIP: usize = 0xf8 / 8;
const XMM6: usize = 0x200 / 8;

const RSP: usize = 4;
/// rbx, rsp, rbp, rsi, rdi, r12 to r15.
const KEPT: [usize; 9] = [3, RSP, 5, 6, 7, 12, 13, 14, 15];

/// What is known of the caller after a step.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Caller {
    integers: [u64; KEPT.len()],
    vectors: [[u64; 2]; 10],
    rip: u64,
    establisher: u64,
    handler: Option<Handler>,
}

impl Caller {
    fn difference(&self, other: &Caller) -> &'static str {
        match () {
            () if self.integers != other.integers => "general registers",
            () if self.vectors != other.vectors => "xmm registers",
            () if self.rip != other.rip => "rip",
            () if self.establisher != other.establisher => "the establisher",
            () if self.handler != other.handler => "the handler",
            () => "nothing",
        }
    }
}

/// What a step starts from.
struct Synthetic {
    image: Image,
    pc: u32,
    info: UnwindInfo,
    integers: [u64; 16],
    vectors: [[u64; 2]; 10],
}

/// Numbers that look random, and are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// Largest frame here: 0x98000 bytes.
const STACK_WORDS: usize = 0xf_0000 / 8;
/// Where in the stack a frame begins.
const FRAME: usize = 0x1000 / 8;

impl Synthetic {
    fn new(image: Image, function: Function, pc: u32, stack: &[u64], random: &mut Random) -> Result<Synthetic, Broken> {
        let mut integers = core::array::from_fn(|_| random.next());
        let rsp = &raw const stack[FRAME] as u64;
        integers[RSP] = rsp;
        let [_, _, _, frame] = image.read(function.unwind_info)?;
        if frame & 15 != 0 {
            // The stack grew by 0x70 bytes after the prologue.
            integers[usize::from(frame & 15)] = rsp + 0x70 + u64::from(frame >> 4) * 16;
        }
        let vectors = core::array::from_fn(|_| [random.next(), random.next()]);
        Ok(Synthetic { image, pc, info: UnwindInfo::read(&image, function.unwind_info)?, integers, vectors })
    }

    /// The walker's step, by the tables in `image`.
    fn walk(&self, image: &Image) -> Result<Caller, Broken> {
        let mut registers = Registers {
            vectors: self.vectors,
            integers: self.integers,
            rip: self.image.address_of(self.pc)?,
            shadow_stack: 0,
        };
        let establisher = self.info.establisher(&registers)?;
        // SAFETY: the frame is in the synthetic stack, whose rest is longer than any frame here.
        unsafe { self.info.leave(image, &mut registers)? };
        Ok(Caller {
            integers: KEPT.map(|number| registers.integers[number]),
            vectors: registers.vectors,
            rip: registers.rip,
            establisher,
            handler: self.info.handler(image)?,
        })
    }

    /// The same step by `RtlVirtualUnwind`.
    fn virtual_unwind(&self, unwind: VirtualUnwind, function: *const u32) -> Result<Caller, Broken> {
        const ANY_HANDLER: u32 = 1 | 2;
        let mut context = Context([0; 154]);
        context.0[RAX..RAX + 16].copy_from_slice(&self.integers);
        context.0[XMM6..XMM6 + 20].copy_from_slice(self.vectors.as_flattened());
        let pc = self.image.address_of(self.pc)?;
        context.0[RIP] = pc;
        let base = self.image.address_of(0)?;
        let (mut data, mut establisher) = (0, 0);
        // SAFETY: the function is the one that the instruction is in; the frame is as above.
        let handler = unsafe {
            unwind(ANY_HANDLER, base, pc, function, &mut context, &mut data, &mut establisher, ptr::null_mut())
        };
        let offset = |address| self.image.offset_of(address).ok_or(Broken);
        let handler =
            if handler == 0 { None } else { Some(Handler { routine: offset(handler)?, data: offset(data)? }) };
        Ok(Caller {
            integers: KEPT.map(|number| context.0[RAX + number]),
            vectors: core::array::from_fn(|n| [context.0[XMM6 + 2 * n], context.0[XMM6 + 2 * n + 1]]),
            rip: context.0[RIP],
            establisher,
            handler,
        })
    }
}

/// The image, and Windows's functions to compare with.
struct Comparison {
    image: Image,
    table: u32,
    functions: Functions,
    count: u32,
    lookup: LookupFunctionEntry,
    unwind: VirtualUnwind,
    stack: Vec<u64>,
    random: Random,
}

impl Comparison {
    fn new() -> Result<Comparison, Broken> {
        unsafe extern "C" {
            static __ImageBase: u8;
        }
        // SAFETY: that is where this image is.
        let image = unsafe { Image::loaded(NonNull::from(&__ImageBase))? };
        let directory = image.exception_directory()?;
        let mut random = Random(0x0123_4567_89ab_cdef);
        let mut stack = Vec::with_capacity(STACK_WORDS);
        stack.extend((0..STACK_WORDS).map(|_| random.next()));
        // SAFETY: these functions have these types.
        let (lookup, unwind) = unsafe {
            (
                core::mem::transmute::<*const c_void, LookupFunctionEntry>(routine(&unicode!(
                    b"RtlLookupFunctionEntry"
                ))),
                core::mem::transmute::<*const c_void, VirtualUnwind>(routine(&unicode!(b"RtlVirtualUnwind"))),
            )
        };
        let functions = Functions::of(image)?;
        Ok(Comparison {
            image,
            table: directory.at,
            functions,
            count: directory.size / 12,
            lookup,
            unwind,
            stack,
            random,
        })
    }

    fn function(&self, index: u32) -> Result<Function, Broken> {
        let word = |n: u32| self.image.u32(self.table + index * 12 + n * 4);
        Ok(Function { begin: word(0)?, end: word(1)?, unwind_info: word(2)? })
    }

    /// Where the function's body begins, and behind each of its calls of a function or an import of this image.
    fn places(&self, function: Function) -> Result<Vec<u32>, Broken> {
        const CALL: u8 = 0xe8;
        const CALL_INDIRECT: [u8; 2] = [0xff, 0x15];
        let [_, prologue, _, _] = self.image.read(function.unwind_info)?;
        let body = function.begin + u32::from(prologue);
        let mut places = Vec::from([body]);
        for at in body..function.end {
            let Ok([one, two, rest @ ..]) = self.image.read::<6>(at) else { break };
            let (length, distance) = match [one, two] {
                [CALL, low] => (5, i32::from_le_bytes([low, rest[0], rest[1], rest[2]])),
                CALL_INDIRECT => (6, i32::from_le_bytes(rest)),
                _ => continue,
            };
            let behind = at + length;
            let Some(target) = behind.checked_add_signed(distance) else { continue };
            let calls = match one {
                CALL => self.functions.find(target)?.is_some_and(|called| called.begin == target),
                _ => target % 8 == 0 && self.image.u8(target + 7).is_ok(),
            };
            if calls && behind < function.end {
                places.push(behind);
            }
        }
        Ok(places)
    }

    /// What the walker and Windows say of the caller.
    fn both(
        &mut self,
        function: Function,
        pc: u32,
        tables: &Image,
    ) -> Result<(Result<Caller, Broken>, Caller), Broken> {
        let synthetic = Synthetic::new(self.image, function, pc, &self.stack, &mut self.random)?;
        let mut base = 0;
        // SAFETY: any address can be asked for.
        let entry = unsafe { (self.lookup)(self.image.address_of(pc)?, &mut base, ptr::null()) };
        if self.functions.find(pc)? != Some(function) || self.image.offset_of(entry as u64).is_none() {
            return Err(Broken);
        }
        Ok((synthetic.walk(tables), synthetic.virtual_unwind(self.unwind, entry)?))
    }
}

fn compare_all(report: &mut Report<'_>) -> Result<(), Broken> {
    let mut comparison = Comparison::new()?;
    let image = comparison.image;
    let (mut places, mut different) = (0, 0);
    for index in 0..comparison.count {
        let function = comparison.function(index)?;
        for pc in comparison.places(function)? {
            places += 1;
            let (ours, theirs) = comparison.both(function, pc, &image)?;
            if ours != Ok(theirs) {
                different += 1;
                if different <= 3 {
                    let different = ours.map_or("broken tables", |ours| ours.difference(&theirs));
                    report.say(format_args!("{function:x?}, behind {pc:x}: {different}"));
                }
            }
        }
    }
    report.check("places where the walker and Windows differ", different, 0);
    report.check("functions were compared", comparison.count > 100, true);
    for function in [seldom_far, seldom_frame, seldom_volatile, seldom_first, seldom_second] {
        let begin = image.offset_of(function as *const () as u64).ok_or(Broken)?;
        report.check(
            "a seldom function was compared",
            comparison.functions.find(begin)?.map(|it| it.begin),
            Some(begin),
        );
    }
    report.check("return addresses were compared", places > 2 * comparison.count, true);
    report.say(format_args!("{places} places in {} functions", comparison.count));
    notices_broken_codes(report, &mut comparison)
}

/// The control: each unwind code of a function that saves all registers is changed in a copy of the image's tables, and
/// the walker, which goes by that copy, must come to something else than Windows.
fn notices_broken_codes(report: &mut Report<'_>, comparison: &mut Comparison) -> Result<(), Broken> {
    let at = comparison.image.offset_of(registers::saves_all() as u64).ok_or(Broken)?;
    let function = comparison.functions.find(at)?.ok_or(Broken)?;
    let [_, prologue, slots, _] = comparison.image.read(function.unwind_info)?;
    let pc = function.begin + u32::from(prologue);
    let mut copy: Vec<u8> = (0..function.unwind_info + 4 + 2 * u32::from(slots) + 4)
        .map(|at| comparison.image.u8(at))
        .collect::<Result<_, _>>()?;
    let mut noticed = 0;
    for slot in 0..usize::from(slots) {
        let second = function.unwind_info as usize + 4 + 2 * slot + 1;
        copy[second] ^= 0x10; // another register, or another distance
        // SAFETY: the copy is that long, and not written while it is used as an image.
        let tables = unsafe { Image::new(NonNull::from(&copy[0]), copy.len() as u32) };
        let (ours, theirs) = comparison.both(function, pc, &tables)?;
        noticed += u32::from(ours != Ok(theirs));
        copy[second] ^= 0x10;
    }
    report.check("unwind codes", slots, 8 + 2 + 2 * 10);
    report.check("broken unwind codes that are noticed", noticed, u32::from(slots));
    Ok(())
}

pub(crate) fn check(report: &mut Report<'_>) {
    let end = compare_all(report);
    report.check("the comparison came to its end", end, Ok(()));
}
