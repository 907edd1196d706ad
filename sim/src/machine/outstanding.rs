//! Whether providers and NDIS agree on how many blocks are outside.

use crate::machine::inner::Inner;
use crate::report::Rule;

impl Inner {
    /// Compares what watched providers count with what NDIS has, if no provider is being called meanwhile.
    pub(crate) fn check_outstanding(&self, place: &'static str) {
        let (watches, calls) = {
            let state = self.state();
            let Some(calls) = state.providers.quiet_calls() else { return };
            (state.watches.list.clone(), calls)
        };
        if watches.is_empty() {
            return;
        }
        let watched: Vec<usize> = watches.iter().map(|watch| (watch.outstanding)()).collect();
        let found = watched.iter().sum();
        let mut state = self.state();
        let expected = state.providers.outstanding();
        if state.providers.quiet_calls() != Some(calls) || !state.watches.is_mismatch(found, expected) {
            return;
        }
        drop(state);
        let each: Vec<String> =
            watches.iter().zip(&watched).map(|(watch, number)| format!("{} {number}", watch.name)).collect();
        let text = format!("blocks outside: NDIS has {expected}, the providers count {found} ({})", each.join(", "));
        self.breach(Rule::OutstandingMismatch, place, text);
    }
}
