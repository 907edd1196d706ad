//! Miniport drivers: an adapter's life, its interrupts, requests and sends.

/// Hands the miniport callbacks to the macro named `$view`.
#[macro_export]
macro_rules! miniport {
    ($view:ident) => {
        $view! { miniport:

        /// NDIS calls it to cancel the queued sends that carry one cancel id.
        MINIPORT_CANCEL_SEND = "MiniportCancelSend" {
            typedef MINIPORT_CANCEL_SEND_HANDLER
            (
                MiniportAdapterContext: NDIS_HANDLE = Lent<Adapter>,
                CancelId: PVOID = Value as CancelId,
            ) -> VOID
            since 6.0
            registered [NDIS_MINIPORT_DRIVER_CHARACTERISTICS.CancelSendHandler]
            irql PASSIVE_LEVEL..=DISPATCH_LEVEL
            returns Nothing
            statuses none []
            refused Return(())
            failed Return(())
            panicked Return(())
            poisoned Return(())
        }

        /// NDIS calls it now and then to ask whether the hardware hangs; TRUE asks for a reset.
        MINIPORT_CHECK_FOR_HANG = "MiniportCheckForHangEx" {
            typedef MINIPORT_CHECK_FOR_HANG_HANDLER
            (
                MiniportAdapterContext: NDIS_HANDLE = Lent<Adapter>,
            ) -> BOOLEAN
            since 6.0
            registered [NDIS_MINIPORT_DRIVER_CHARACTERISTICS.CheckForHangHandlerEx]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Boolean
            statuses none []
            refused Return(FALSE)
            failed Return(FALSE)
            panicked Return(FALSE)
            poisoned Return(FALSE)
        }

        /// NDIS calls it to release one adapter; interrupts and timers of the adapter may still run during the call.
        MINIPORT_HALT = "MiniportHaltEx" {
            typedef MINIPORT_HALT_HANDLER
            (
                MiniportAdapterContext: NDIS_HANDLE = Retired<Adapter>,
                HaltAction: NDIS_HALT_ACTION = Value as HaltAction,
            ) -> VOID
            since 6.0
            registered [NDIS_MINIPORT_DRIVER_CHARACTERISTICS.HaltHandlerEx]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Nothing
            statuses none []
            refused Fatal
            failed Fatal
            panicked Fatal
            poisoned Run
        }

        /// NDIS calls it at the device's IRQL when the line interrupt fires, possibly before the interrupt's
        /// registration has returned.
        MINIPORT_ISR = "MiniportInterrupt" {
            typedef MINIPORT_ISR_HANDLER
            (
                MiniportInterruptContext: NDIS_HANDLE = Lent<Interrupt>,
                QueueDefaultInterruptDpc: PBOOLEAN = Out,
                TargetProcessors: PULONG = Out,
            ) -> BOOLEAN
            since 6.0
            registered [NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS.InterruptHandler]
            irql DIRQL..=DIRQL
            returns Interrupt
            statuses none []
            refused Return(FALSE)
            failed Return(FALSE)
            panicked Fatal
            poisoned Fatal
        }

        /// NDIS calls it with one object identifier request at a time: a query, a set or a method.
        MINIPORT_OID_REQUEST = "MiniportOidRequest" {
            typedef MINIPORT_OID_REQUEST_HANDLER
            (
                MiniportAdapterContext: NDIS_HANDLE = Lent<Adapter>,
                OidRequest: PNDIS_OID_REQUEST = Operation as OidRequest,
            ) -> NDIS_STATUS
            since 6.0
            registered [NDIS_MINIPORT_DRIVER_CHARACTERISTICS.OidRequestHandler]
            irql PASSIVE_LEVEL..=PASSIVE_LEVEL
            returns Answered
            statuses open [
                NDIS_STATUS_SUCCESS, NDIS_STATUS_PENDING, NDIS_STATUS_INVALID_OID, NDIS_STATUS_NOT_SUPPORTED,
                NDIS_STATUS_BUFFER_TOO_SHORT, NDIS_STATUS_INVALID_LENGTH, NDIS_STATUS_INVALID_DATA,
                NDIS_STATUS_NOT_ACCEPTED, NDIS_STATUS_REQUEST_ABORTED, NDIS_STATUS_INDICATION_REQUIRED
            ]
            refused Return(NDIS_STATUS_NOT_ACCEPTED)
            failed Return(NDIS_STATUS_NOT_ACCEPTED)
            panicked Return(NDIS_STATUS_NOT_ACCEPTED)
            poisoned Return(NDIS_STATUS_NOT_ACCEPTED)
        }

        /// NDIS calls it to transmit a chain of net buffer lists, which the driver owns until it completes them.
        MINIPORT_SEND_NET_BUFFER_LISTS = "MiniportSendNetBufferLists" {
            typedef MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER
            (
                MiniportAdapterContext: NDIS_HANDLE = Lent<Adapter>,
                NetBufferList: PNET_BUFFER_LIST = Owned as SendChain,
                PortNumber: NDIS_PORT_NUMBER = Value as PortNumber,
                SendFlags: ULONG = IrqlFlags as SendFlags,
            ) -> VOID
            since 6.0
            registered [NDIS_MINIPORT_DRIVER_CHARACTERISTICS.SendNetBufferListsHandler]
            irql PASSIVE_LEVEL..=DISPATCH_LEVEL
            returns Nothing
            statuses none []
            refused Return(())
            failed Return(())
            panicked Return(())
            poisoned Return(())
        }

        /// NDIS calls it when the system powers off, at PASSIVE_LEVEL; or, for a driver that asked for it, during a
        /// bugcheck, at HIGH_LEVEL.
        MINIPORT_SHUTDOWN = "MiniportShutdownEx" {
            typedef MINIPORT_SHUTDOWN_HANDLER
            (
                MiniportAdapterContext: NDIS_HANDLE = Lent<Adapter>,
                ShutdownAction: NDIS_SHUTDOWN_ACTION = IrqlFlags as ShutdownAction,
            ) -> VOID
            since 6.0
            registered [NDIS_MINIPORT_DRIVER_CHARACTERISTICS.ShutdownHandlerEx]
            irql PASSIVE_LEVEL..=HIGH_LEVEL
            returns Nothing
            statuses none []
            refused Return(())
            failed Return(())
            panicked Return(())
            poisoned Return(())
        }

        }
    };
}
