//! Protocol drivers.

/// Hands the protocol callbacks to the macro named `$view`.
#[macro_export]
macro_rules! protocol {
    ($view:ident) => {
        $view! { protocol:

        /// NDIS calls it when the protocol is being uninstalled, possibly during its registration.
        PROTOCOL_UNINSTALL = "ProtocolUninstall" {
            typedef UNINSTALL_PROTOCOL_HANDLER
            () -> VOID
            since 6.0
            registered [NDIS_PROTOCOL_DRIVER_CHARACTERISTICS.UninstallHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Nothing
            statuses none []
            refused Return(())
            failed Return(())
            panicked Return(())
            poisoned Run
        }

        }
    };
}
