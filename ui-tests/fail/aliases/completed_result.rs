use ndis::prelude::*;

struct Module;
type Alias = Result<Answered, NdisStatus>;

#[ndis_callback(FILTER_PAUSE)]
fn pause(_module: &Module, pause: ndis::FilterPause<'_>) -> Alias {
    Ok(pause.done())
}

fn main() {}
