#![deny(warnings)]

use ndis::prelude::*;

struct Driver;

struct Module;

#[ndis_callback(FILTER_ATTACH)]
fn attach(_driver: Option<&Driver>, _attach: FilterAttach<'_>) -> Result<Context<Module>, AllocError> {
    Ok(Context::new(Module)?)
}

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Module, pause: FilterPause<'_>) -> Answered {
    pause.done()
}

#[ndis_callback(FILTER_RECEIVE_NET_BUFFER_LISTS)]
fn receive(_module: &Module, received: Received<'_, FilterReceive>) {
    drop(received);
}

#[ndis_callback(FILTER_DETACH)]
fn detach(_module: &Module) {}

fn main() {
    let _ = (attach::entry, pause::entry, receive::entry, detach::entry);
}
