use ndis::prelude::*;

struct Binding {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(PROTOCOL_NET_PNP_EVENT)]
fn event(_event: ProtocolEvent<'_, Binding>) -> Result<Answered, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
