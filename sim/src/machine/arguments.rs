//! What is checked of every call of an NDIS function: its level, its pointers, its structures and its handles.

use std::sync::Arc;

use ndis::irql::Irql;
use ndis::sys::{NDIS_HANDLE, NDIS_OBJECT_HEADER};

use crate::known::handle::{Handle, Kind};
use crate::machine::inner::{self, Inner};
use crate::report::Rule;

/// Finds the live handle of one of these kinds that a driver passed in the argument `name`, and its machine. What is
/// wrong with any other is reported.
pub(crate) fn find(
    function: &'static str,
    name: &'static str,
    raw: NDIS_HANDLE,
    kinds: &[Kind],
) -> Option<(Arc<Inner>, Handle)> {
    let expected = || kinds.iter().map(Kind::to_string).collect::<Vec<_>>().join(" or ");
    let (rule, text) = match Handle::of(raw) {
        None if raw.is_null() => (Rule::BadPointer, format!("{name} is NULL, not the handle of {}", expected())),
        None => (Rule::UnknownHandle, format!("NDIS gave no handle {raw:?}, which {name} is")),
        Some(handle) => match inner::owner(handle) {
            Some(owner) if kinds.contains(&handle.kind()) => return Some((owner, handle)),
            Some(owner) => {
                let text = format!("{name} is the handle of {}, not of {}", handle.kind(), expected());
                owner.breach(Rule::HandleKind, function, text);
                return None;
            }
            None if handle.kind() == Kind::Allocation && kinds.contains(&Kind::Allocation) => {
                (Rule::DoubleFree, format!("{name} was freed before"))
            }
            None => (Rule::StaleHandle, format!("{name} is the handle of {} that has ended", handle.kind())),
        },
    };
    inner::breach_here(rule, function, text);
    None
}

impl Inner {
    /// Whether the calling driver is at no higher level than `function` may be called at.
    pub(crate) fn at_most(&self, function: &'static str, level: Irql) -> bool {
        let found = Irql::current();
        if found > level {
            self.breach(Rule::RaisedIrql, function, format!("called at {found}, legal is {level} at most"));
        }
        found <= level
    }

    /// Whether `pointer`, the argument `name`, can be followed as far as can be told.
    pub(crate) fn pointer<T>(&self, function: &'static str, name: &str, pointer: *const T) -> bool {
        let wrong = match () {
            () if pointer.is_null() => "NULL",
            () if !pointer.is_aligned() => "misaligned",
            () => return true,
        };
        self.breach(Rule::BadPointer, function, format!("{name} is {wrong}"));
        false
    }

    /// The header of a structure that a driver passed in the argument `name`, if it is of this type and at least as
    /// long as its revision. `sizes` are those of the known revisions, the first first.
    ///
    /// # Safety
    ///
    /// `structure`, if it is not NULL and aligned, points to at least a header.
    pub(crate) unsafe fn header<T>(
        &self,
        function: &'static str,
        name: &str,
        structure: *const T,
        object_type: u8,
        sizes: &[u16],
    ) -> Option<NDIS_OBJECT_HEADER> {
        if !self.pointer(function, name, structure) {
            return None;
        }
        // SAFETY: by the caller's word there is a header.
        let header = unsafe { structure.cast::<NDIS_OBJECT_HEADER>().read() };
        let known = usize::from(header.Revision).min(sizes.len());
        let text = if header.Type != object_type {
            format!("{name}->Header.Type is {:#04x}, not {object_type:#04x}", header.Type)
        } else if known == 0 {
            format!("{name}->Header.Revision is 0")
        } else if header.Size < sizes[known - 1] {
            let (size, revision) = (header.Size, header.Revision);
            format!("{name}->Header.Size is {size} bytes, revision {revision} has {}", sizes[known - 1])
        } else {
            return Some(header);
        };
        self.breach(Rule::ObjectHeader, function, text);
        None
    }
}
