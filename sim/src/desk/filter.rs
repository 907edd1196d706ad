//! Filter modules, as a test holds them: attach, pause and detach.

use std::mem;
use std::ptr;
use std::sync::Arc;

use ndis::NdisStatus;
use ndis::sys::*;

use crate::desk::machine::Machine;
use crate::known::handle::{Handle, Kind};
use crate::known::modules::{Module, ModuleState};
use crate::machine::inner::Inner;
use crate::report::Rule;

const ATTACH: &str = "FILTER_ATTACH";
const PAUSE: &str = "FILTER_PAUSE";

/// A filter module. The test passes the driver's entry points; the machine calls them, in the order that NDIS has, at
/// the level that the thread is at.
///
/// A module runs as soon as it is attached: no restart handler is called.
#[derive(Debug)]
pub struct FilterModule {
    machine: Arc<Inner>,
    handle: Handle,
}

impl Machine {
    /// Makes a filter module, which is not attached.
    pub fn filter_module(&self) -> FilterModule {
        let machine = Arc::clone(self.inner());
        let handle = machine.issue(Kind::FilterModule);
        machine.state().modules.add(handle);
        FilterModule { machine, handle }
    }
}

impl FilterModule {
    /// `NdisFilterHandle`.
    pub fn handle(&self) -> NDIS_HANDLE {
        self.handle.as_raw()
    }

    /// The module's context: what `NdisFSetAttributes` was given; NULL when the module is not attached.
    pub fn context(&self) -> NDIS_HANDLE {
        self.with(|module| module.context).map_or(ptr::null_mut(), |context| context.0)
    }

    /// Whether the module is paused.
    pub fn is_paused(&self) -> bool {
        self.with(|module| module.state == ModuleState::Paused)
    }

    /// Attaches the module.
    ///
    /// # Panics
    ///
    /// If the module is attached, or `entry` is `None`.
    ///
    /// # Safety
    ///
    /// `entry` may be called with `driver_context` and the handle of a module.
    pub unsafe fn attach(&self, entry: FILTER_ATTACH_HANDLER, driver_context: NDIS_HANDLE) -> NdisStatus {
        let entry = entry.expect("a handler");
        assert_eq!(self.set(ModuleState::Attaching), ModuleState::Detached, "attach a module once");
        let mut name: Vec<u16> = "{00000000-0000-0000-0000-000000000001}".encode_utf16().collect();
        let bytes = (name.len() * 2) as u16;
        let mut name = NDIS_STRING { Length: bytes, MaximumLength: bytes, Buffer: name.as_mut_ptr() };
        // SAFETY: all fields are numbers or raw pointers, for which zeros are a value.
        let mut parameters: NDIS_FILTER_ATTACH_PARAMETERS = unsafe { mem::zeroed() };
        parameters.Header = NDIS_OBJECT_HEADER {
            Type: NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS,
            Revision: NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4,
            Size: NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4,
        };
        parameters.IfIndex = 2;
        parameters.BaseMiniportIfIndex = 1;
        parameters.LowerIfIndex = 1;
        parameters.FilterModuleGuidName = &raw mut name;
        parameters.BaseMiniportInstanceName = &raw mut name;
        parameters.BaseMiniportName = &raw mut name;
        parameters.MediaConnectState = MediaConnectStateConnected;
        parameters.MediaDuplexState = MediaDuplexStateFull;
        parameters.XmitLinkSpeed = 1_000_000_000;
        parameters.RcvLinkSpeed = 1_000_000_000;
        parameters.MacAddressLength = 6;
        parameters.CurrentMacAddress[..6].copy_from_slice(&[2, 0, 0, 0, 0, 1]);
        // SAFETY: the caller's contract; the parameters and what they point to live until the call returns.
        let status = self.machine.call(ATTACH, || unsafe { entry(self.handle(), driver_context, &raw mut parameters) });
        let status = NdisStatus::from_raw(status);
        if status == NdisStatus::PENDING {
            self.machine.breach(Rule::IllegalStatus, ATTACH, format!("returned {status}"));
        }
        if status.is_success() && self.with(|module| module.context.is_none()) {
            let text = "succeeded without NdisFSetAttributes".to_owned();
            self.machine.breach(Rule::AttributesNotSet, ATTACH, text);
        }
        if status.is_success() {
            self.set(ModuleState::Running);
        } else {
            self.with(|module| *module = Module::default());
        }
        status
    }

    /// Pauses the module, and returns what the handler returned. A pause that is pending ends with `NdisFPauseComplete`.
    ///
    /// # Panics
    ///
    /// If the module does not run, or `entry` is `None`.
    ///
    /// # Safety
    ///
    /// `entry` may be called with the context that the module was attached with.
    pub unsafe fn pause(&self, entry: FILTER_PAUSE_HANDLER) -> NdisStatus {
        let entry = entry.expect("a handler");
        assert_eq!(self.set(ModuleState::PauseRunning(false)), ModuleState::Running, "pause a module that runs");
        let mut parameters = NDIS_FILTER_PAUSE_PARAMETERS {
            Header: NDIS_OBJECT_HEADER {
                Type: NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS,
                Revision: NDIS_FILTER_PAUSE_PARAMETERS_REVISION_1,
                Size: NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1,
            },
            Flags: 0,
            PauseReason: 1,
        };
        // SAFETY: the caller's contract; the parameters live until the call returns.
        let status = self.machine.call(PAUSE, || unsafe { entry(self.context(), &raw mut parameters) });
        let status = NdisStatus::from_raw(status);
        let pending = status == NdisStatus::PENDING;
        let completed = self.with(|module| {
            let completed = module.state == ModuleState::PauseRunning(true);
            module.state = if pending && !completed { ModuleState::PausePending } else { ModuleState::Paused };
            completed
        });
        if completed && !pending {
            let text = format!("returned {status}, and NdisFPauseComplete was called");
            self.machine.breach(Rule::UnexpectedPauseComplete, PAUSE, text);
        }
        if !pending && !status.is_success() {
            self.machine.breach(Rule::IllegalStatus, PAUSE, format!("returned {status}"));
        }
        status
    }

    /// Detaches the module, if its pause is done; a pause that is still pending is reported, and the module stays.
    ///
    /// # Panics
    ///
    /// If the module was not paused, or `entry` is `None`.
    ///
    /// # Safety
    ///
    /// `entry` may be called with the context that the module was attached with.
    pub unsafe fn detach(&self, entry: FILTER_DETACH_HANDLER) {
        let entry = entry.expect("a handler");
        if let Some((rule, text)) = self.with(|module| module.unfinished()) {
            return self.machine.breach(rule, "FILTER_DETACH", text);
        }
        assert!(self.is_paused(), "detach a module that is paused");
        let context = self.context();
        // SAFETY: the caller's contract.
        self.machine.call("FILTER_DETACH", || unsafe { entry(context) });
        self.with(|module| *module = Module::default());
    }

    fn with<R>(&self, body: impl FnOnce(&mut Module) -> R) -> R {
        let mut state = self.machine.state();
        body(state.modules.get(self.handle).expect("a module lives as long as its value"))
    }

    /// Sets the state and returns the one before.
    fn set(&self, state: ModuleState) -> ModuleState {
        self.with(|module| mem::replace(&mut module.state, state))
    }
}

impl Drop for FilterModule {
    fn drop(&mut self) {
        let breach = self.with(|module| module.unfinished());
        self.machine.state().modules.remove(self.handle);
        self.machine.end(self.handle);
        if let Some((rule, text)) = breach {
            self.machine.breach(rule, PAUSE, text);
        }
    }
}
