//! What tests of callbacks are made of, written from the facts in `facts/`: a function for each callback, a table of what
//! is expected of each, stand-ins for the NDIS functions that pay, and C prototypes and callers.
//!
//! The catalogue says two things only: which callbacks there are, and the names of Rust types, which no fact knows. A
//! callback that takes nothing new is tested as soon as it is in the catalogue.

mod answers;
mod callers;
mod exceptions;
mod facts;
mod fixture;
mod prototypes;
mod stand_ins;
mod table;

pub use callers::c_callers;
pub use facts::{Callback, FACTS, Facts, Parameter};
pub use fixture::{Function, fixture, functions};
pub use prototypes::c_prototypes;
pub use stand_ins::stand_ins;
pub use table::{Caller, table};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prototypes_are_those_of_ndis_h() {
        let prototypes = c_prototypes(&Facts::read());
        for prototype in [
            "typedef NDIS_STATUS (NTAPI FILTER_PAUSE)(\n    NDIS_HANDLE FilterModuleContext,\n    PNDIS_FILTER_PAUSE_PARAMETERS \
             PauseParameters);\ntypedef FILTER_PAUSE *FILTER_PAUSE_HANDLER;\n",
            "typedef VOID (NTAPI *FREE_SHARED_MEMORY_HANDLER)(\n    NDIS_HANDLE ProviderContext,\n    NDIS_HANDLE \
             SharedMemoryProviderContext);\n",
            "typedef VOID (NTAPI PROTOCOL_UNINSTALL)(void);\n",
        ] {
            assert!(prototypes.contains(prototype), "{prototype} is not in\n{prototypes}");
        }
    }

    /// What is expected is not guessed.
    #[test]
    #[should_panic(expected = "ALLOCATE_SHARED_MEMORY_HANDLER: no test knows which answer \"perhaps\" is")]
    fn an_answer_in_unknown_words_is_noticed() {
        let mut facts = Facts::read();
        facts.callbacks[0].role.failure_value = "perhaps".into();
        table(&facts, Caller::Rust);
    }
}
