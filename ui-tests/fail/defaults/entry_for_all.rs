use ndis::ndis_defaults;

#[ndis_defaults(entry = Uninstall)]
mod callbacks {
    use ndis::ndis_callback;

    #[ndis_callback(PROTOCOL_UNINSTALL)]
    pub fn uninstall() {}
}

fn main() {}
