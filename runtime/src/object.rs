//! Structures that begin with an `NDIS_OBJECT_HEADER`: checked before anything else of them is read.

use core::ptr::NonNull;

use crate::breach::BreachKind;
use crate::sys::NDIS_OBJECT_HEADER;

/// Checks a pointer that may be one to a `T`.
pub(crate) fn pointer<T>(raw: *mut T) -> Result<NonNull<T>, BreachKind> {
    let pointer = NonNull::new(raw).ok_or(BreachKind::NullPointer)?;
    if !pointer.is_aligned() {
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
    // SAFETY: by the caller's word there is a header; every NDIS object begins with it.
    let header = unsafe { object.cast::<NDIS_OBJECT_HEADER>().read() };
    if header.Type != object_type {
        return Err(BreachKind::ObjectType { expected: object_type, found: header.Type });
    }
    if header.Size < minimum {
        return Err(BreachKind::ObjectSize { minimum, found: header.Size });
    }
    Ok(object)
}

/// Whether the object has a field: its revision and its size both say so.
///
/// # Safety
///
/// `object` was checked by [`object`].
pub(crate) unsafe fn has<T>(object: NonNull<T>, revision: u8, size: u16) -> bool {
    // SAFETY: by the caller's word there is a header.
    let header = unsafe { object.cast::<NDIS_OBJECT_HEADER>().read() };
    header.Revision >= revision && header.Size >= size
}
