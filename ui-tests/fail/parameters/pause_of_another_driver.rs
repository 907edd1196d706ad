use ndis::prelude::*;

struct Adapter;

#[ndis_callback(MINIPORT_PAUSE)]
fn pause(_adapter: &Adapter, pause: FilterPause<'_>) -> Answered {
    pause.done()
}

fn main() {}
