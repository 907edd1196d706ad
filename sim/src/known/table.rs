//! What the tables have in common.

use crate::report::Rule;

/// The objects of one kind that NDIS knows.
pub(crate) trait Table {
    /// Adds what should be gone or done when the machine finishes, and is not.
    fn unfinished(&self, breaches: &mut Vec<(Rule, String)>);
}
