use ndis::prelude::*;

struct Driver;
struct Binding {
    _hangs: core::cell::Cell<bool>,
}

#[ndis_callback(PROTOCOL_BIND_ADAPTER_EX)]
fn bind(_driver: &Driver, _bind: BindRequest<'_, Binding>) -> Result<Answered, NdisStatus> {
    Err(NdisStatus::FAILURE)
}

fn main() {}
