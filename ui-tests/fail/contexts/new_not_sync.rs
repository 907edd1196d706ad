use ndis::Context;

struct Adapter {
    _hangs: core::cell::Cell<bool>,
}

fn main() {
    let _ = Context::new(Adapter { _hangs: core::cell::Cell::new(false) });
}
