//! The attribute's code means the core library and the crate, whatever the module calls so.
#![allow(non_camel_case_types, dead_code, non_upper_case_globals)]

mod core {}
mod std {}
mod alloc {}
mod ndis {}
mod sys {}
mod __private {}
mod argument {}
mod outcome {}
mod callback {}

struct Result;
struct Option;
struct Some;
struct None;
struct Ok;
struct Err;
struct Box;
struct Send;
struct Sync;
struct Drop;
struct Sized;
struct Entry;
struct Policy;
struct Call;
struct NDIS_HANDLE;
struct PNDIS_HANDLE;
struct NDIS_STATUS;
struct PNDIS_SHARED_MEMORY_PARAMETERS;
struct ALLOCATE_SHARED_MEMORY_HANDLER;
struct FREE_SHARED_MEMORY_HANDLER;
struct bool;
struct u8;
struct u32;
struct i32;
struct usize;
struct str;

struct Pool;
struct Block;

#[derive(::ndis::NdisError)]
enum PoolError {
    #[status(RESOURCES)]
    Empty,
}

#[::ndis::ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn allocate(
    _pool: &Pool,
    _request: ::ndis::SharedMemoryRequest<'_>,
) -> ::core::result::Result<::ndis::Handle<Block>, PoolError> {
    ::core::result::Result::Err(PoolError::Empty)
}

#[::ndis::ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn free(_pool: &Pool, _block: ::ndis::Handle<Block>) {}

#[::ndis::ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_pool: &Pool) -> ::core::primitive::bool {
    false
}

#[::ndis::ndis_callback(MINIPORT_ISR, irql = "debug", on_panic = "fatal")]
fn isr(_pool: &Pool) -> ::ndis::Interrupt {
    ::ndis::Interrupt::NotMine
}

fn provider(
    context: ::ndis::Context<Pool>,
) -> ::ndis::SharedMemoryProvider<Pool, Block, ::ndis::registration::Given, ::ndis::registration::Given> {
    ::ndis::SharedMemoryProvider::new(context).allocate::<allocate>().free::<free>()
}

fn main() {}
