//! Ways to write the lifetimes of what NDIS lends.
#![deny(warnings)]
#![allow(dead_code, unused_parens)]

use ndis::prelude::*;

struct Pool;
struct Block;
struct Named<'a>(&'a str);
type Request<'a> = SharedMemoryRequest<'a>;
type Lent<'a> = &'a Pool;
type Made<T> = Result<Handle<T>, AllocError>;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn one_lifetime<'a>(_pool: &'a Pool, _request: SharedMemoryRequest<'a>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn two_lifetimes<'a, 'b: 'a>(_pool: &'a Pool, _request: SharedMemoryRequest<'b>) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn where_clause<'a, 'b>(_pool: &'a Pool, _request: SharedMemoryRequest<'b>) -> Result<Handle<Block>, AllocError>
where
    'a: 'b,
    Pool: Sync,
{
    Err(AllocError::Resources)
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
#[allow(elided_lifetimes_in_paths)]
fn elided(_pool: &Pool, _request: SharedMemoryRequest) -> Result<Handle<Block>, AllocError> {
    Err(AllocError::Resources)
}

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
fn aliases(_pool: &Pool, _request: Request<'_>) -> Made<Block> {
    Err(AllocError::Resources)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn alias_of_a_reference(_pool: Lent<'_>, _block: Handle<Block>) {}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn context_with_a_lifetime(_adapter: &Named<'_>) -> bool {
    false
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn context_with_a_named_lifetime<'a>(_adapter: &Named<'a>) -> bool {
    false
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn context_for_ever(_adapter: &Named<'static>) -> bool {
    false
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn parenthesised(_adapter: (&(Pool))) -> (bool) {
    false
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn block_for_ever(_pool: &Pool, _block: Handle<Named<'static>>) {}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn block_of_a_function(_pool: &Pool, _block: Handle<for<'a> fn(&'a str) -> &'a str>) {}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
fn opaque_block(_pool: &Pool, _block: Handle) {}

#[ndis_callback(FILTER_ATTACH)]
fn attach<'a>(_driver: Option<&'a Pool>, _attach: FilterAttach<'a>) -> Result<Context<Pool>, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

#[ndis_callback(FILTER_PAUSE)]
fn pause<'a>(_module: &'a Pool, pause: FilterPause<'a>) -> Answered {
    pause.done()
}

#[ndis_callback(MINIPORT_OID_REQUEST)]
fn oid_request<'a>(_adapter: &'a Pool, request: MiniportOidRequest<'a>) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}

fn main() {}
