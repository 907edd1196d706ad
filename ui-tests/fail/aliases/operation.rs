use ndis::prelude::*;

struct Adapter;
type Alias<'a> = FilterPause<'a>;

#[ndis_callback(MINIPORT_PAUSE)]
fn pause(_adapter: &Adapter, pause: Alias<'_>) -> Answered {
    pause.done()
}

fn main() {}
