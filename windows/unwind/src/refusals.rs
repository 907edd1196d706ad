//! Panics that cannot be unwound: each stops the machine. `check` knows what each has to be refused for, and finds its
//! line by the comment at its end.

use alloc::vec::Vec;
use core::ffi::c_void;
use core::hint::black_box;
use core::ptr;
use core::sync::atomic::Ordering::Relaxed;

use crate::call::{Call, DROPS, boundary};
use crate::foreign::{unwind_from_destructor, unwind_out_of_boundary, unwind_over_destructor};
use crate::kernel;

core::arch::global_asm!(
    include_str!("function.s"),
    // void descend(count, body, call): calls itself so many times, and then the body.
    "function descend",
    "sub rsp, 40",
    ".seh_stackalloc 40",
    ".seh_endprologue",
    "dec rcx",
    "jz 2f",
    "call descend",
    "jmp 3f",
    "2: call rdx",
    "3: nop",
    "add rsp, 40",
    "ret",
    ".seh_endproc",
    // void call_with_broken_tables(body): has the personality of Rust's frames, and tables that nobody can read.
    "function call_with_broken_tables",
    "sub rsp, 40",
    ".seh_stackalloc 40",
    ".seh_endprologue",
    "call rcx",
    "nop",
    "add rsp, 40",
    "ret",
    // A FuncInfo without its magic number.
    #[cfg(target_env = "msvc")]
    ".seh_handler __CxxFrameHandler3, @unwind, @except\n.seh_handlerdata\n.long broken_tables@IMGREL",
    // An LSDA whose call sites have an unknown encoding.
    #[cfg(not(target_env = "msvc"))]
    ".seh_handler rust_eh_personality, @unwind, @except\n.seh_handlerdata\n.byte 0xff, 0xff, 0x55, 4, 0, 0, 0, 0",
    ".text",
    ".seh_endproc",
    ".section .rdata, \"dr\"",
    ".p2align 2",
    "broken_tables: .zero 40",
    ".text",
    ".purgem function",
);

unsafe extern "C-unwind" {
    fn descend(count: usize, body: extern "C-unwind" fn());
    fn call_with_broken_tables(body: extern "C-unwind" fn());
}

/// The client asks for them by number, from [`FIRST`].
const REFUSALS: [fn(&Call); 12] = [
    out_of_memory,
    foreign_frame,
    extern_c,
    extern_c_with_destructor,
    destructor,
    no_boundary,
    no_caller,
    too_deep,
    broken_tables,
    unwind_over_destructor,
    unwind_out_of_boundary,
    unwind_from_destructor,
];
const FIRST: u32 = 16;

/// Comes back only if the machine does not stop.
pub(crate) fn refuse(code: u32) -> i32 {
    let Some(refused) = code.checked_sub(FIRST).and_then(|n| REFUSALS.get(n as usize)) else { return -1 };
    DROPS.store(0, Relaxed);
    boundary(|| {
        let call = Call::new(0);
        let _guard = call.guard("must not be dropped");
        refused(&call);
        0
    })
}

fn out_of_memory(call: &Call) {
    let _guard = call.guard("must not be dropped");
    black_box(Vec::<u8>::with_capacity(black_box(1 << 40)));
}

fn foreign_frame(call: &Call) {
    unsafe extern "C-unwind" fn compare(_: *const u32, _: *const u32) -> i32 {
        panic!("in the kernel's qsort") // stops: foreign_frame
    }
    let _guard = call.guard("must not be dropped");
    let mut numbers = [3, 2, 1];
    // SAFETY: the array is that long.
    unsafe { kernel::qsort(numbers.as_mut_ptr(), numbers.len(), size_of::<u32>(), compare) };
}

fn extern_c(call: &Call) {
    extern "C" fn callback(call: &Call) {
        panics(call)
    }
    #[inline(never)]
    fn panics(call: &Call) {
        let _guard = call.guard("must not be dropped");
        panic!("out of an extern \"C\" function") // stops: extern_c
    }
    black_box(callback as extern "C" fn(&Call))(call);
}

/// The compiler makes the end of such a function the end of its destructors: those of the first panic have run when the
/// second, which is the compiler's own, is refused.
fn extern_c_with_destructor(call: &Call) {
    extern "C" fn callback(call: &Call) {
        let _guard = call.guard("dropped");
        panic!("out of an extern \"C\" function with a destructor")
    }
    black_box(callback as extern "C" fn(&Call))(call);
}

fn destructor(call: &Call) {
    struct Bomb<'a>(&'a Call);
    impl Drop for Bomb<'_> {
        fn drop(&mut self) {
            self.0.note("bomb");
            panic!("in a destructor") // stops: destructor
        }
    }
    let _guard = call.guard("must not be dropped");
    let _bomb = Bomb(call);
    let _dropped = call.guard("dropped");
    panic!("the first")
}

/// On a thread that the kernel calls.
fn no_boundary(_call: &Call) {
    extern "system-unwind" fn thread(_: *const c_void) {
        panic!("on a thread without a boundary") // stops: no_boundary
    }
    let mut handle = ptr::null_mut();
    const ALL_ACCESS: u32 = 0x1f_ffff;
    // SAFETY: the thread uses no context.
    unsafe {
        kernel::PsCreateSystemThread(
            &mut handle,
            ALL_ACCESS,
            ptr::null(),
            ptr::null(),
            ptr::null(),
            thread,
            ptr::null(),
        )
    };
    loop {
        kernel::pause();
    }
}

/// On a stack that just ends: somebody's own start of a processor or a thread.
fn no_caller(_call: &Call) {
    extern "C-unwind" fn panics() {
        panic!("on a stack that ends") // stops: no_caller
    }
    // SAFETY: nothing comes back here, so that no register matters.
    unsafe {
        core::arch::asm!("sub rsp, 56", "mov qword ptr [rsp], 0", "jmp rax", in("rax") panics as extern "C-unwind" fn(), options(noreturn))
    }
}

fn too_deep(_call: &Call) {
    extern "C-unwind" fn panics() {
        panic!("too deep") // stops: too_deep
    }
    // SAFETY: assembly that does what it says; the stack has room.
    unsafe { descend(black_box(5000), panics) };
}

fn broken_tables(_call: &Call) {
    extern "C-unwind" fn panics() {
        panic!("above broken tables") // stops: broken_tables
    }
    // SAFETY: assembly that does what it says.
    unsafe { call_with_broken_tables(panics) };
}
