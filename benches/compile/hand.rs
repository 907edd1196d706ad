// What a hand-written provider has once beside its entries: cell, request, cold answers, as the runtime has them.

use std::any::TypeId;
use std::cell;
use std::mem::{ManuallyDrop, offset_of};
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use ndis::irql::Irql;
use ndis::sys::*;
use ndis::{AllocError, PhysicalRun, SharedMemory};

#[repr(C)]
pub struct Cell<T> {
    value_type: TypeId,
    poisoned: AtomicBool,
    filled_by: AtomicPtr<()>,
    value: T,
}

impl<T: 'static> Cell<T> {
    fn leak(value: T) -> NonNull<Cell<T>> {
        NonNull::from(Box::leak(Box::new(Cell {
            value_type: TypeId::of::<T>(),
            poisoned: AtomicBool::new(false),
            filled_by: AtomicPtr::new(null_mut()),
            value,
        })))
    }
}

/// A block that the driver owns until NDIS has it.
pub struct Owned(NonNull<Cell<Block>>);

impl Owned {
    fn into_raw(self) -> NDIS_HANDLE {
        ManuallyDrop::new(self).0.as_ptr().cast()
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: the block came from a `Box` and is owned.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

/// What the function answered, until it is known that it may.
pub struct Answer {
    parameters: NonNull<NDIS_SHARED_MEMORY_PARAMETERS>,
    block: NDIS_HANDLE,
    has_list: bool,
    virtual_address: NonNull<u8>,
    elements: Vec<SCATTER_GATHER_ELEMENT>,
}

#[derive(Default)]
pub struct Staged(cell::Cell<Option<Answer>>);

pub struct Request<'call> {
    parameters: NonNull<NDIS_SHARED_MEMORY_PARAMETERS>,
    staged: &'call Staged,
}

macro_rules! field {
    ($request:expr, $field:ident) => {
        // SAFETY: the header was checked; the field is in the first revision.
        unsafe { (&raw const (*$request.parameters.as_ptr()).$field).read() }
    };
}

impl Request<'_> {
    fn capacity(&self) -> usize {
        let elements = offset_of!(SCATTER_GATHER_LIST, Elements);
        (field!(self, SGListBufferLength) as usize).saturating_sub(elements) / size_of::<SCATTER_GATHER_ELEMENT>()
    }

    fn length(&self) -> u32 {
        field!(self, Length)
    }

    fn fill<M: SharedMemory>(&mut self, block: &Owned, memory: &M) -> Result<(), AllocError> {
        self.staged.0.take();
        // SAFETY: the block is owned.
        let cell = unsafe { block.0.as_ref() };
        let wanted = field!(self, Length);
        if memory.length() < wanted as usize {
            return Err(AllocError::Failure);
        }
        let elements = self.elements(memory.physical_runs(), wanted)?;
        cell.filled_by.store((&raw const *self.staged).cast_mut().cast(), Ordering::Relaxed);
        self.staged.0.set(Some(Answer {
            parameters: self.parameters,
            block: block.0.as_ptr().cast(),
            has_list: self.capacity() > 0,
            virtual_address: memory.virtual_address(),
            elements,
        }));
        Ok(())
    }

    fn elements(
        &self,
        runs: impl Iterator<Item = PhysicalRun>,
        wanted: u32,
    ) -> Result<Vec<SCATTER_GATHER_ELEMENT>, AllocError> {
        let mut elements = Vec::new();
        let mut missing = wanted;
        for run in runs.filter(|run| run.length > 0) {
            if missing == 0 {
                break;
            }
            if field!(self, Flags) & NDIS_SHARED_MEM_PARAMETERS_CONTIGUOUS != 0 && !elements.is_empty() {
                return Err(AllocError::Resources);
            }
            if elements.len() == self.capacity() {
                return Err(AllocError::InvalidParameter);
            }
            elements.try_reserve(1).map_err(|_| AllocError::Resources)?;
            let length = run.length.min(missing);
            let address = PHYSICAL_ADDRESS { QuadPart: run.address.cast_signed() };
            elements.push(SCATTER_GATHER_ELEMENT { Address: address, Length: length, Reserved: 0 });
            missing -= length;
        }
        if missing == 0 { Ok(elements) } else { Err(AllocError::Failure) }
    }
}

/// Delivers what the function staged; says whether it staged this block.
#[inline(never)]
unsafe fn commit(staged: &Staged, block: &Owned) -> bool {
    let Some(answer) = staged.0.take() else { return false };
    // SAFETY: the block is owned.
    let filled_by = unsafe { block.0.as_ref() }.filled_by.load(Ordering::Relaxed);
    if answer.block != block.0.as_ptr().cast() || filled_by != (&raw const *staged).cast_mut().cast() {
        return false;
    }
    let parameters = answer.parameters.as_ptr();
    // SAFETY: NDIS lets the provider write these fields; `elements` kept to the list's length.
    unsafe {
        (&raw mut (*parameters).SharedMemoryHandle).write(answer.block);
        (&raw mut (*parameters).VirtualAddress).write(answer.virtual_address.as_ptr().cast());
        if answer.has_list {
            let list = (&raw const (*parameters).SGListBuffer).read();
            (&raw mut (*list).NumberOfElements).write(answer.elements.len() as u32);
            let mut to = (&raw mut (*list).Elements).cast::<SCATTER_GATHER_ELEMENT>();
            for element in &answer.elements {
                (&raw mut (*to).Address).write(element.Address);
                (&raw mut (*to).Length).write(element.Length);
                (&raw mut (*to).Reserved).write(element.Reserved);
                to = to.add(1);
            }
        }
    }
    true
}

enum Kind {
    Null,
    Misaligned,
    Foreign,
    Header,
    Poisoned,
    Irql,
    NotFilled,
    #[allow(dead_code, reason = "where panics are caught")]
    Panicked,
}

/// Who is told; the runtime has such a hook too.
static HOOK: AtomicPtr<()> = AtomicPtr::new(null_mut());

/// Reports why the call was refused, and answers it.
#[cold]
#[inline(never)]
fn refuse(kind: Kind) -> NDIS_STATUS {
    let hook = HOOK.load(Ordering::Acquire);
    if !hook.is_null() {
        // SAFETY: nothing but such functions is stored.
        unsafe { std::mem::transmute::<*mut (), fn(&Kind)>(hook)(&kind) };
    }
    match kind {
        Kind::Null | Kind::Misaligned | Kind::Foreign | Kind::Header => NDIS_STATUS_INVALID_PARAMETER,
        Kind::Poisoned | Kind::Irql | Kind::NotFilled | Kind::Panicked => NDIS_STATUS_FAILURE,
    }
}

/// Poisons the context whose function panicked, drops the payload where its own panic is caught, and answers.
#[cold]
#[inline(never)]
fn panicked(context: NDIS_HANDLE, payload: Box<dyn std::any::Any + Send>, entry: Irql) -> NDIS_STATUS {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
    // SAFETY: the function ran, so the context is one.
    unsafe { &*context.cast::<Cell<Pool>>() }.poisoned.store(true, Ordering::Release);
    if level() != entry {
        refuse(Kind::Irql);
    }
    refuse(Kind::Panicked)
}

fn status(error: AllocError) -> NDIS_STATUS {
    match error {
        AllocError::Resources => NDIS_STATUS_RESOURCES,
        AllocError::InvalidParameter => NDIS_STATUS_INVALID_PARAMETER,
        AllocError::Failure => NDIS_STATUS_FAILURE,
    }
}
