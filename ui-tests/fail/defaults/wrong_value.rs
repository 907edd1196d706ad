use ndis::ndis_defaults;

#[ndis_defaults(irql = "never")]
mod callbacks {
    use ndis::ndis_callback;

    #[ndis_callback(PROTOCOL_UNINSTALL)]
    pub fn uninstall() {}
}

fn main() {}
