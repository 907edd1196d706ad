//! As many mistakes as fit, all reported in one run.

use ndis::prelude::*;

struct Pool;
struct Block;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLR)]
fn unknown(_pool: &Pool) {}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER, entri = Allocate, irql = "never", on_panic = 3)]
async unsafe fn allocate<T>(_pool: Pool, _request: &mut SharedMemoryRequest<'static>) -> impl Sized {}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
const fn missing(_pool: &Pool) -> ! {
    loop {}
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER, abi = "C", export = "free")]
extern "C" fn free(_pool: &'static Pool, _block: &Block, _more: u32) -> bool {
    true
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free_by_reference<'a: 'static>(_pool: &mut Pool, _block: &Block) {}

#[ndis_callback(MINIPORT_HALT, on_panic = "contain")]
fn halt(_adapter: Option<&Pool>, _action: *const u32) {}

#[derive(NdisError)]
enum PoolError {
    Full,
    #[status(PENDING)]
    Later,
}

fn main() {}
