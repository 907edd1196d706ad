//! Miniport adapters: the values their callbacks see.
#![allow(non_upper_case_globals)] // the names of C enumerators stand in patterns

use core::ffi::c_void;

use super::nbl::narrow;
use crate::boundary::argument::from_c;
use crate::boundary::call::{Call, State};
use crate::boundary::callback::Callback;
use crate::boundary::object;
use crate::boundary::operation::{Checked, Operation};
use crate::boundary::outcome::{Delivered, Finished, Outcome};
use crate::callback::{MINIPORT_PAUSE, MINIPORT_RESET};
use crate::contract::breach::BreachKind;
use crate::contract::irql::Irql;
use crate::sys::miniport::*;
use crate::sys::{BOOLEAN, NDIS_OBJECT_TYPE_DEFAULT, PVOID, TRUE, ULONG};

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

from_c! { CancelId from PVOID; |raw, _| { Ok(CancelId(raw)) } }

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

from_c! { HaltAction from NDIS_HALT_ACTION; |raw, _| {
    Ok(match raw {
        NdisHaltDeviceDisabled => HaltAction::Disabled,
        NdisHaltDeviceInstanceDeInitialized => HaltAction::InstanceDeinitialized,
        NdisHaltDevicePoweredDown => HaltAction::PoweredDown,
        NdisHaltDeviceSurpriseRemoved => HaltAction::SurpriseRemoved,
        NdisHaltDeviceFailed => HaltAction::Failed,
        NdisHaltDeviceInitializationFailed => HaltAction::InitializationFailed,
        NdisHaltDeviceStopped => HaltAction::Stopped,
        other => HaltAction::Unknown(other),
    })
} }

/// Why NDIS shuts an adapter down, `NDIS_SHUTDOWN_ACTION`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShutdownAction {
    /// `NdisShutdownPowerOff`: the system powers off, at PASSIVE_LEVEL.
    PowerOff,
    /// `NdisShutdownBugCheck`: the system has crashed, at HIGH_LEVEL. Nothing may be allocated, freed or waited for,
    /// and the entry checks and reports nothing, since nothing may stop the machine twice.
    BugCheck,
}

from_c! { ShutdownAction from NDIS_SHUTDOWN_ACTION; |raw, state| {
    if raw == NdisShutdownBugCheck {
        return Ok(ShutdownAction::BugCheck);
    }
    narrow(state, Irql::PASSIVE)?;
    Ok(ShutdownAction::PowerOff)
} }

impl ShutdownAction {
    /// Takes note of a bugcheck before anything is checked: then not even a bad context is reported.
    #[inline(always)]
    pub(crate) fn note(raw: NDIS_SHUTDOWN_ACTION, state: &State) {
        if raw == NdisShutdownBugCheck {
            state.suspend_checks();
        }
    }
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

#[diagnostic::do_not_recommend]
// SAFETY: the out values are written, as the outcome says.
unsafe impl<K: Callback<Return = BOOLEAN>> Outcome<K, Interrupt> for Interrupt {
    type Error = crate::contract::status::NdisStatus;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn finish(self, call: &Call<K>) -> Finished<K> {
        call.leave()?;
        let Interrupt::Mine { queue_default_dpc, target_processors } = self else {
            return Ok(Delivered(false.into()));
        };
        let [queue, targets] = K::outs(call.raw);
        // SAFETY: the callbacks of this outcome have these out parameters; `Callback::prepare` found them valid.
        unsafe {
            queue.cast::<BOOLEAN>().write(queue_default_dpc.into());
            targets.cast::<ULONG>().write(target_processors);
        }
        Ok(Delivered(true.into()))
    }
}

/// An adapter is to stop its data flow, `NDIS_MINIPORT_PAUSE_PARAMETERS`. It cannot be refused. Dropped, it counts as done.
pub type MiniportPause<'call> = Operation<'call, MINIPORT_PAUSE>;

impl Operation<'_, MINIPORT_PAUSE> {
    /// Why NDIS pauses the adapter, `PauseReason` (`NDIS_PAUSE_*`).
    pub fn reason(&self) -> u32 {
        // SAFETY: NDIS keeps the structure unchanged during the call; the field is in its first revision.
        unsafe { (&raw const (*self.raw.1).PauseReason).read() }
    }
}

impl Checked for MINIPORT_PAUSE {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn check(raw: Self::Raw) -> Result<(), BreachKind> {
        const MINIMUM: u16 = NDIS_SIZEOF_MINIPORT_PAUSE_PARAMETERS_REVISION_1;
        // SAFETY: NDIS passed the pointer in this parameter, so there is a header behind it.
        unsafe { object::object(raw.1, NDIS_OBJECT_TYPE_DEFAULT, MINIMUM) }.map(|_| ())
    }
}

/// Hardware that hangs is to be reset.
pub type MiniportReset<'call> = Operation<'call, MINIPORT_RESET>;

impl Operation<'_, MINIPORT_RESET> {
    /// The filter, the lookahead size and the multicast list were lost: NDIS sets them again afterwards, `AddressingReset`.
    pub fn addressing_was_reset(&mut self) {
        self.boolean = TRUE;
        // SAFETY: the pointer was checked; NDIS reads it when the function has returned.
        unsafe { self.raw.1.write(TRUE) };
    }
}

impl Checked for MINIPORT_RESET {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn check(_raw: Self::Raw) -> Result<(), BreachKind> {
        // The out parameter was made ready before anything else.
        Ok(())
    }
}
