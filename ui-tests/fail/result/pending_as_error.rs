use ndis::prelude::*;

struct Driver;
struct Later;

impl NdisError for Later {
    const STATUSES: &'static [NdisStatus] = &[NdisStatus::PENDING];

    fn index(&self) -> usize {
        0
    }
}

#[ndis_callback(PROTOCOL_SET_OPTIONS)]
fn set_options(_driver: ndis::ProtocolDriverHandle<'_>, _context: &Driver) -> Result<(), Later> {
    Err(Later)
}

fn main() {}
