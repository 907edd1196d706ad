//! Client requests to callgrind; nothing happens outside valgrind.

use std::arch::asm;

const BASE: u64 = (b'C' as u64) << 24 | (b'T' as u64) << 16;

fn request(code: u64, argument: u64) {
    let arguments = [BASE + code, argument, 0, 0, 0, 0];
    let mut result = 0_u64;
    // SAFETY: outside valgrind the four rotations are by 128 bits together and the exchange is none; inside, valgrind
    // reads the six words and writes `rdx`.
    unsafe {
        asm!(
            "rol rdi, 3", "rol rdi, 13", "rol rdi, 61", "rol rdi, 51", "xchg rbx, rbx",
            inout("rdx") result, in("rax") &arguments, out("rdi") _,
        );
    }
    std::hint::black_box(result);
}

/// Sets the counts to zero.
pub fn zero() {
    request(1, 0);
}

/// Writes the counts since `zero` under this name, which ends with a NUL.
pub fn dump(name: &str) {
    request(3, name.as_ptr() as u64);
}
