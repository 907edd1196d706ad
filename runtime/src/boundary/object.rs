//! Structures that begin with an `NDIS_OBJECT_HEADER`: checked before anything else of them is read.

use core::ptr::NonNull;

use crate::contract::breach::BreachKind;
use crate::sys::NDIS_OBJECT_HEADER;

/// Checks a pointer that may be one to a `T`.
///
/// More than the alignment of a pointer is not asked for: on x86, C's compiler puts structures with 64-bit fields on
/// the stack at any multiple of 4. Such fields are therefore read and written unaligned.
#[inline(always)]
pub(crate) fn pointer<T>(raw: *mut T) -> Result<NonNull<T>, BreachKind> {
    let pointer = NonNull::new(raw).ok_or(BreachKind::NullPointer)?;
    let is_aligned =
        pointer.is_aligned() || align_of::<T>() > align_of::<usize>() && pointer.cast::<usize>().is_aligned();
    if !is_aligned {
        return Err(BreachKind::MisalignedPointer);
    }
    Ok(pointer)
}

/// Checks a pointer to the NDIS object `T`: its header's type, and that it is at least as long as the first revision.
/// A newer revision is fine.
///
/// # Safety
///
/// `raw`, if it is not NULL and aligned, points to at least a header.
#[inline(always)]
pub(crate) unsafe fn object<T>(raw: *mut T, object_type: u8, minimum: u16) -> Result<NonNull<T>, BreachKind> {
    let object = pointer(raw)?;
    // SAFETY: the pointer is not NULL and aligned, and the caller guarantees that it points to at least a header.
    let header = unsafe { object.cast::<NDIS_OBJECT_HEADER>().read() };
    if header.Type != object_type || header.Size < minimum {
        // SAFETY: as above.
        return Err(unsafe { wrong_header(object, object_type, minimum) });
    }
    Ok(object)
}

/// What is wrong with the header of an object.
///
/// # Safety
///
/// There is a header.
#[cold]
#[inline(never)]
unsafe fn wrong_header<T>(object: NonNull<T>, object_type: u8, minimum: u16) -> BreachKind {
    // SAFETY: guaranteed by the caller.
    let header = unsafe { object.cast::<NDIS_OBJECT_HEADER>().read() };
    if header.Type != object_type {
        return BreachKind::ObjectType { expected: object_type, found: header.Type };
    }
    BreachKind::ObjectSize { minimum, found: header.Size }
}

/// Whether the object has a field: its revision and its size both say so.
///
/// # Safety
///
/// `object` was checked by [`object`].
pub(crate) unsafe fn has<T>(object: NonNull<T>, revision: u8, size: u16) -> bool {
    // SAFETY: the caller passes an object that `object` has checked, and that began by reading its header.
    let header = unsafe { object.cast::<NDIS_OBJECT_HEADER>().read() };
    header.Revision >= revision && header.Size >= size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[repr(align(64))]
    struct Wide([u8; 128]);

    #[test]
    fn the_alignment_of_a_pointer_is_enough() {
        let mut wide = Wide([0; 128]);
        let start: *mut u8 = wide.0.as_mut_ptr();
        let checked = |offset: usize| pointer::<Wide>(start.wrapping_add(offset).cast());
        assert!(checked(0).is_ok() && checked(size_of::<usize>()).is_ok());
        assert_eq!(checked(1), Err(BreachKind::MisalignedPointer));
        assert_eq!(checked(size_of::<usize>() / 2), Err(BreachKind::MisalignedPointer));
        assert_eq!(pointer::<u16>(start.wrapping_add(1).cast()), Err(BreachKind::MisalignedPointer));
        assert!(pointer::<u16>(start.wrapping_add(2).cast()).is_ok());
        assert_eq!(pointer::<Wide>(core::ptr::null_mut()), Err(BreachKind::NullPointer));
    }
}
