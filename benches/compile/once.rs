use ndis::prelude::*;

pub struct Pool;
pub struct Block;
pub struct Driver;
pub struct Adapter;
pub struct Module;
pub struct Provider;
pub struct Counter;

#[ndis_callback(ALLOCATE_SHARED_MEMORY_HANDLER)]
pub fn allocate(_pool: &Pool, request: SharedMemoryRequest<'_>) -> Result<Handle<Block>, AllocError> {
    if request.length() > 4096 {
        return Err(AllocError::Resources);
    }
    Ok(Handle::new(Block)?)
}

#[ndis_callback(FREE_SHARED_MEMORY_HANDLER)]
pub fn free(_pool: &Pool, block: Handle<Block>) {
    drop(block);
}

#[ndis_callback(MINIPORT_SET_OPTIONS)]
pub fn set_miniport_options(_driver: &Driver, _handle: MiniportDriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
pub fn set_protocol_options(_driver: &Driver, _handle: ProtocolDriverHandle<'_>) -> Result<(), NdisStatus> {
    Ok(())
}

#[ndis_callback(MINIPORT_CANCEL_SEND)]
pub fn cancel_send(_adapter: &Adapter, _id: CancelId) {}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
pub fn hangs(_adapter: &Adapter) -> bool {
    false
}

#[ndis_callback(MINIPORT_HALT)]
pub fn halt(_adapter: &Adapter, _action: HaltAction) {}

#[ndis_callback(MINIPORT_ISR)]
pub fn isr(_adapter: &Adapter) -> Interrupt {
    Interrupt::NotMine
}

#[ndis_callback(MINIPORT_OID_REQUEST)]
pub fn oid_request(_adapter: &Adapter, request: MiniportOidRequest<'_>) -> Result<Answered, NdisStatus> {
    Ok(request.done())
}

#[ndis_callback(MINIPORT_SEND_NET_BUFFER_LISTS)]
pub fn send(_adapter: &Adapter, chain: Chain<MiniportSend>) {
    chain.complete(NdisStatus::SUCCESS);
}

#[ndis_callback(MINIPORT_SHUTDOWN)]
pub fn shutdown(_adapter: &Adapter, _action: ShutdownAction) {}

#[ndis_callback(FILTER_ATTACH)]
pub fn attach(_driver: Option<&Driver>, _attach: FilterAttach<'_>) -> Result<Context<Module>, AllocError> {
    Ok(Context::new(Module)?)
}

#[ndis_callback(FILTER_DETACH)]
pub fn detach(_module: &Module) {}

#[ndis_callback(FILTER_PAUSE)]
pub fn pause(_module: &Module, pause: FilterPause<'_>) -> Answered {
    pause.done()
}

#[ndis_callback(PROTOCOL_UNINSTALL)]
pub fn uninstall() {}

#[ndis_callback(NDIS_PD_ALLOCATE_COUNTER)]
pub fn allocate_counter(_provider: &Provider, _wanted: PdCounterParameters<'_>) -> Result<Handle<Counter>, AllocError> {
    Ok(Handle::new(Counter)?)
}

#[ndis_callback(NDIS_PD_FREE_COUNTER)]
pub fn free_counter(counter: Handle<Counter>) {
    drop(counter);
}
