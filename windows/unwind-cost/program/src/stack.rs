//! How much stack a call uses: the stack is painted before, and afterwards the paint is gone where it was used.

use std::hint::black_box;
use std::mem::MaybeUninit;

const PAINT: u64 = 0xA5A5_5A5A_A5A5_5A5A;
const WORDS: usize = 16 << 10;

/// In bytes, from the caller's frame on.
#[inline(never)]
pub(crate) fn used(run: impl Fn()) -> usize {
    run(); // what is done once in a process is done
    paint();
    run();
    unpainted()
}

#[inline(never)]
fn paint() {
    let mut stack = MaybeUninit::<[u64; WORDS]>::uninit();
    let stack = black_box(stack.as_mut_ptr().cast::<u64>());
    for word in 0..WORDS {
        // SAFETY: it is in the array.
        unsafe { stack.add(word).write_volatile(PAINT) };
    }
}

#[inline(never)]
fn unpainted() -> usize {
    let mut stack = MaybeUninit::<[u64; WORDS]>::uninit();
    let stack = black_box(stack.as_mut_ptr().cast::<u64>());
    // SAFETY: it is in the array, which is where `paint` had its own: what is there was written then or since.
    let painted = (0..WORDS).take_while(|&word| unsafe { stack.add(word).read_volatile() } == PAINT).count();
    assert!(painted > 0, "more stack was used than was painted");
    (WORDS - painted) * size_of::<u64>()
}
