use ndis::prelude::*;

struct Adapter {
    _lock: std::sync::MutexGuard<'static, u32>,
}

#[ndis_callback(MINIPORT_CHECK_FOR_HANG)]
fn hangs(_adapter: &Adapter) -> bool {
    false
}

fn main() {}
