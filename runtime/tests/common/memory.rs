//! Memory as a careful NDIS would pass it: of an exact size, with guard bytes around it, comparable byte by byte.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};

const GUARD: usize = 32;
const GUARD_BYTE: u8 = 0xA5;
const ALIGN: usize = 16;

/// A piece of memory that tests lend to an entry.
#[derive(Debug)]
pub struct Memory {
    start: *mut u8,
    layout: Layout,
    guard: usize,
}

impl Memory {
    /// Exactly `length` bytes, so that a sanitizer sees an access beyond them.
    pub fn exact(length: usize) -> Memory {
        Memory::new(length, 0)
    }

    /// `length` bytes between guard bytes.
    pub fn guarded(length: usize) -> Memory {
        Memory::new(length, GUARD)
    }

    fn new(length: usize, guard: usize) -> Memory {
        let layout = Layout::from_size_align(length + 2 * guard, ALIGN).unwrap();
        if layout.size() == 0 {
            return Memory { start: std::ptr::without_provenance_mut(ALIGN), layout, guard };
        }
        // SAFETY: the layout is not zero-sized; all of it is written below.
        let start = unsafe { alloc(layout) };
        if start.is_null() {
            handle_alloc_error(layout);
        }
        // SAFETY: the allocation has that many bytes.
        unsafe { start.write_bytes(GUARD_BYTE, layout.size()) };
        Memory { start, layout, guard }
    }

    /// Where the memory starts, behind the first guard bytes.
    pub fn as_ptr<T>(&self) -> *mut T {
        self.start.wrapping_add(self.guard).cast()
    }

    /// Writes `value` at a number of bytes from the start.
    pub fn write<T>(&self, offset: usize, value: T) {
        assert!(offset + size_of::<T>() <= self.layout.size() - 2 * self.guard);
        // SAFETY: in bounds, as checked.
        unsafe { self.as_ptr::<u8>().add(offset).cast::<T>().write_unaligned(value) };
    }

    /// Reads a value at a number of bytes from the start.
    pub fn read<T: Copy>(&self, offset: usize) -> T {
        assert!(offset + size_of::<T>() <= self.layout.size() - 2 * self.guard);
        // SAFETY: in bounds, as checked; every byte is written, and tests read plain values.
        unsafe { self.as_ptr::<u8>().add(offset).cast::<T>().read_unaligned() }
    }

    /// All bytes, the guards included.
    pub fn bytes(&self) -> Vec<u8> {
        if self.layout.size() == 0 {
            return Vec::new();
        }
        // SAFETY: the whole allocation is initialised.
        unsafe { std::slice::from_raw_parts(self.start, self.layout.size()) }.to_vec()
    }

    /// Checks the guard bytes.
    #[track_caller]
    pub fn check_guards(&self) {
        let bytes = self.bytes();
        let (before, rest) = bytes.split_at(self.guard);
        let after = &rest[rest.len() - self.guard..];
        assert!(before.iter().chain(after).all(|byte| *byte == GUARD_BYTE), "guard bytes were written");
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        if self.layout.size() > 0 {
            // SAFETY: allocated in `new` with this layout.
            unsafe { dealloc(self.start, self.layout) };
        }
    }
}
