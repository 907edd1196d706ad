use ndis::prelude::*;
use ndis::{Entry, PhysicalRun, SharedMemory};
use std::ptr::NonNull;
struct Mem(Box<[u8]>);
unsafe impl SharedMemory for Mem {
    fn virtual_address(&self) -> NonNull<u8> {
        NonNull::new(self.0.as_ptr().cast_mut()).unwrap()
    }
    fn length(&self) -> usize {
        self.0.len()
    }
    fn physical_runs(&self) -> impl Iterator<Item = PhysicalRun> {
        [PhysicalRun { address: 0x1000, length: self.0.len() as u32 }].into_iter()
    }
}
struct Pool;
struct Block {
    memory: Mem,
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(_pool: &Pool, mut request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    let block = Handle::new(Block { memory: Mem(vec![0; request.length() as usize].into()) })?;
    request.fill(&block, |b| &b.memory)?;
    Ok(block)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

#[test]
fn smoke() {
    let context = Context::new(Pool).unwrap();
    let mut p: ndis::sys::NDIS_SHARED_MEMORY_PARAMETERS = unsafe { std::mem::zeroed() };
    p.Header.Type = 0x80;
    p.Header.Revision = 1;
    p.Header.Size = 64;
    p.Length = 4096;
    let mut sg = [0u64; 16];
    p.SGListBufferLength = 128;
    p.SGListBuffer = sg.as_mut_ptr().cast();
    let mut out = std::ptr::null_mut();
    let a = <allocate as Entry<_, _>>::ENTRY.unwrap();
    let s = unsafe { a(context.as_raw(), &mut p, &mut out) };
    assert_eq!(s, 0);
    assert_eq!(sg[0], 1);
    assert_eq!(p.SharedMemoryHandle, out);
    unsafe { free::entry(context.as_raw(), out) };
    let s = unsafe { a(context.as_raw(), std::ptr::null_mut(), &mut out) };
    assert_eq!(ndis::NdisStatus::from_raw(s), NdisStatus::INVALID_PARAMETER);
}
