//! The filter modules.

use std::collections::BTreeMap;

use crate::known::carried::Carried;
use crate::known::handle::Handle;
use crate::known::table::Table;
use crate::report::Rule;

/// The filter modules.
#[derive(Default)]
pub(crate) struct Modules(BTreeMap<Handle, Module>);

/// What NDIS knows of a filter module. A new one is not attached.
#[derive(Default)]
pub(crate) struct Module {
    pub(crate) state: ModuleState,
    /// What its attributes were set with.
    pub(crate) context: Option<Carried>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) enum ModuleState {
    #[default]
    Detached,
    Attaching,
    Running,
    /// The pause handler runs; whether the pause was completed meanwhile.
    PauseRunning(bool),
    PausePending,
    Paused,
}

impl Modules {
    pub(crate) fn add(&mut self, handle: Handle) {
        self.0.insert(handle, Module::default());
    }

    pub(crate) fn get(&mut self, handle: Handle) -> Option<&mut Module> {
        self.0.get_mut(&handle)
    }

    pub(crate) fn remove(&mut self, handle: Handle) {
        self.0.remove(&handle);
    }
}

impl Module {
    /// Sets the context, if the attach handler is running.
    pub(crate) fn set_attributes(&mut self, context: Carried) -> bool {
        let attaching = self.state == ModuleState::Attaching;
        if attaching {
            self.context = Some(context);
        }
        attaching
    }

    /// Completes a pause, if one is pending or its handler is running.
    pub(crate) fn complete_pause(&mut self) -> bool {
        self.state = match self.state {
            ModuleState::PausePending => ModuleState::Paused,
            ModuleState::PauseRunning(false) => ModuleState::PauseRunning(true),
            _ => return false,
        };
        true
    }

    /// What the module owes.
    pub(crate) fn unfinished(&self) -> Option<(Rule, String)> {
        let text = || "a filter module's pause was never completed".to_owned();
        (self.state == ModuleState::PausePending).then(|| (Rule::PauseNotCompleted, text()))
    }
}

impl Table for Modules {
    fn unfinished(&self, breaches: &mut Vec<(Rule, String)>) {
        breaches.extend(self.0.values().filter_map(Module::unfinished));
    }
}
