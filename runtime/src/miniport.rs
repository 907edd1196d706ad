//! Miniport adapters: the values their callbacks see.
#![allow(non_upper_case_globals)] // the names of C enumerators stand in patterns

use core::ffi::c_void;

use crate::argument;
use crate::breach::BreachKind;
use crate::call::{Call, Refused, State};
use crate::callback::{
    Callback, MINIPORT_CANCEL_SEND, MINIPORT_HALT, MINIPORT_SEND_NET_BUFFER_LISTS, MINIPORT_SHUTDOWN,
};
use crate::irql::{Irql, IrqlRange};
use crate::outcome;
use crate::role::{IrqlFlags, Role};
use crate::sealed::Sealed;
use crate::sys::miniport::*;
use crate::sys::{BOOLEAN, ULONG};

/// What marks the sends that are to be cancelled, `CancelId`. A value to compare, nothing to look into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CancelId(*mut c_void);

impl CancelId {
    /// The raw value, as in the out-of-band data of a net buffer list.
    pub fn as_raw(self) -> *mut c_void {
        self.0
    }
}

// SAFETY: the pointer is only a value.
unsafe impl Send for CancelId {}
// SAFETY: as above.
unsafe impl Sync for CancelId {}

impl Sealed for CancelId {}

impl argument::Value<MINIPORT_CANCEL_SEND, 1> for CancelId {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &Call<MINIPORT_CANCEL_SEND>) -> Result<CancelId, Refused> {
        Ok(CancelId(call.raw.1))
    }
}

/// The number of a port of an adapter, `NDIS_PORT_NUMBER`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PortNumber(pub u32);

impl PortNumber {
    /// The port every adapter has, `NDIS_DEFAULT_PORT_NUMBER`.
    pub const DEFAULT: PortNumber = PortNumber(0);
}

impl Sealed for PortNumber {}

impl argument::Value<MINIPORT_SEND_NET_BUFFER_LISTS, 2> for PortNumber {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &Call<MINIPORT_SEND_NET_BUFFER_LISTS>) -> Result<PortNumber, Refused> {
        Ok(PortNumber(call.raw.2))
    }
}

/// Why NDIS halts an adapter, `NDIS_HALT_ACTION`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum HaltAction {
    /// `NdisHaltDeviceDisabled`
    Disabled,
    /// `NdisHaltDeviceInstanceDeInitialized`
    InstanceDeinitialized,
    /// `NdisHaltDevicePoweredDown`
    PoweredDown,
    /// `NdisHaltDeviceSurpriseRemoved`: the hardware is gone already.
    SurpriseRemoved,
    /// `NdisHaltDeviceFailed`
    Failed,
    /// `NdisHaltDeviceInitializationFailed`
    InitializationFailed,
    /// `NdisHaltDeviceStopped`
    Stopped,
    /// A value that this version does not know.
    Unknown(i32),
}

impl Sealed for HaltAction {}

impl argument::Value<MINIPORT_HALT, 1> for HaltAction {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &Call<MINIPORT_HALT>) -> Result<HaltAction, Refused> {
        Ok(match call.raw.1 {
            NdisHaltDeviceDisabled => HaltAction::Disabled,
            NdisHaltDeviceInstanceDeInitialized => HaltAction::InstanceDeinitialized,
            NdisHaltDevicePoweredDown => HaltAction::PoweredDown,
            NdisHaltDeviceSurpriseRemoved => HaltAction::SurpriseRemoved,
            NdisHaltDeviceFailed => HaltAction::Failed,
            NdisHaltDeviceInitializationFailed => HaltAction::InitializationFailed,
            NdisHaltDeviceStopped => HaltAction::Stopped,
            other => HaltAction::Unknown(other),
        })
    }
}

/// Why NDIS shuts an adapter down, `NDIS_SHUTDOWN_ACTION`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShutdownAction {
    /// `NdisShutdownPowerOff`: the system powers off, at PASSIVE_LEVEL.
    PowerOff,
    /// `NdisShutdownBugCheck`: the system has crashed, at HIGH_LEVEL. Nothing may be allocated, freed or waited for,
    /// and the entry checks and reports nothing, since nothing may stop the machine twice.
    BugCheck,
}

impl Sealed for ShutdownAction {}

impl argument::Value<MINIPORT_SHUTDOWN, 1> for ShutdownAction {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &Call<MINIPORT_SHUTDOWN>) -> Result<ShutdownAction, Refused> {
        if call.raw.1 == NdisShutdownBugCheck {
            return Ok(ShutdownAction::BugCheck);
        }
        narrow(call, Irql::PASSIVE)?;
        Ok(ShutdownAction::PowerOff)
    }
}

// SAFETY: nothing is touched.
unsafe impl Role<NDIS_SHUTDOWN_ACTION> for IrqlFlags {
    #[inline(always)]
    unsafe fn prepare(raw: NDIS_SHUTDOWN_ACTION, state: &State) -> Result<(), BreachKind> {
        // Before anything is checked: during a bugcheck not even a bad context is reported.
        if raw == NdisShutdownBugCheck {
            state.uncheck();
        }
        Ok(())
    }
}

/// The flags of a send, `NDIS_SEND_FLAGS_*`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SendFlags(u32);

impl SendFlags {
    /// The raw flags.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// NDIS says that it calls at DISPATCH_LEVEL. If it does not say so, the level is not known.
    pub fn is_dispatch_level(self) -> bool {
        self.0 & NDIS_SEND_FLAGS_DISPATCH_LEVEL != 0
    }

    /// The driver is to look for loopback.
    pub fn checks_for_loopback(self) -> bool {
        self.0 & NDIS_SEND_FLAGS_CHECK_FOR_LOOPBACK != 0
    }
}

impl Sealed for SendFlags {}

impl argument::Value<MINIPORT_SEND_NET_BUFFER_LISTS, 3> for SendFlags {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn receive(call: &Call<MINIPORT_SEND_NET_BUFFER_LISTS>) -> Result<SendFlags, Refused> {
        let flags = SendFlags(call.raw.3);
        if flags.is_dispatch_level() {
            narrow(call, Irql::DISPATCH)?;
        }
        Ok(flags)
    }
}

// SAFETY: nothing is touched.
unsafe impl Role<ULONG> for IrqlFlags {}

/// Checks that a call was made at `level`, as one of its arguments says.
#[inline(always)]
fn narrow<K: Callback>(call: &Call<K>, level: Irql) -> Result<(), Refused> {
    let found = call.state.irql();
    if call.state.irql_checked() && found != level {
        return Err(BreachKind::Irql { legal: IrqlRange { min: level, max: level }, found }.into());
    }
    Ok(())
}

/// What an interrupt service routine found. NDIS reads all of it, whatever the routine claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interrupt {
    /// The interrupt is not the device's; no deferred call is wanted.
    NotMine,
    /// The interrupt is the device's.
    Mine {
        /// Queue the deferred call (DPC) on the current processor, `QueueDefaultInterruptDpc`.
        queue_default_dpc: bool,
        /// Queue it on each of these processors, a bit each, `TargetProcessors`.
        target_processors: u32,
    },
}

impl Sealed for Interrupt {}

impl outcome::Interrupt for Interrupt {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish<K: Callback<Return = BOOLEAN>, const QUEUE_DEFAULT: usize, const TARGETS: usize>(
        self,
        call: &Call<K>,
    ) -> Result<BOOLEAN, Refused> {
        call.leave()?;
        let Interrupt::Mine { queue_default_dpc, target_processors } = self else {
            return Ok(false.into());
        };
        // SAFETY: the out parameters are in these places, by the word of `enter`'s caller, who alone has calls to give;
        // `Callback::prepare` found them valid.
        unsafe {
            K::pointer(call.raw, QUEUE_DEFAULT).cast::<BOOLEAN>().write(queue_default_dpc.into());
            K::pointer(call.raw, TARGETS).cast::<ULONG>().write(target_processors);
        }
        Ok(true.into())
    }
}
