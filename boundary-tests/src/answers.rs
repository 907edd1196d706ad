//! What NDIS gets, from what the facts say in words.

use std::fmt;

use super::exceptions::ANSWERS;
use super::facts::{Callback, Facts};

/// What NDIS gets. It prints as the tests spell it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Answer {
    Nothing,
    Boolean(u8),
    Status(u32),
    /// No answer: the machine stops.
    Fatal,
    /// The function runs in spite of what happened.
    Run,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Status(status) => write!(f, "Answer::Status({status:#x})"),
            other => write!(f, "Answer::{other:?}"),
        }
    }
}

/// The answers of a callback.
pub(super) struct Answers {
    pub(super) ok: Answer,
    pub(super) refused: Answer,
    pub(super) failed: Answer,
    pub(super) panicked: Answer,
    pub(super) poisoned: Answer,
}

impl Answers {
    pub(super) fn of(callback: &Callback, facts: &Facts) -> Answers {
        let exception = |which| {
            let row = ANSWERS.iter().find(|(name, what, _)| *name == callback.name && *what == which)?;
            Some(Answer::Status(facts.statuses[row.2]))
        };
        let failed = exception("failed").unwrap_or_else(|| failed(callback, facts));
        let poisoned = poisoned(callback, failed, facts);
        let ok = match callback.returns.as_str() {
            "VOID" => Answer::Nothing,
            "BOOLEAN" => Answer::Boolean(1),
            _ => Answer::Status(0),
        };
        Answers {
            ok: exception("ok").unwrap_or(ok),
            refused: exception("refused").or_else(|| bad_argument(callback, facts)).unwrap_or(failed),
            failed,
            // A panic leaves behind what is poisoned; where that stops the machine, it does so at once.
            panicked: if poisoned == Answer::Fatal { Answer::Fatal } else { failed },
            poisoned,
        }
    }
}

/// What `failure_value` says.
fn failed(callback: &Callback, facts: &Facts) -> Answer {
    /// What a driver does, or the runtime for it, before it returns.
    const RETURNS: &[&str] = &[
        "return",
        "report",
        "leak",
        "free",
        "complete",
        "pass",
        "post",
        "leave",
        "zero",
        "write",
        "chain must be",
        "run or leak",
    ];
    let text = &callback.role.failure_value;
    if let Some(text) = text.strip_prefix("none (VOID): ") {
        if text.starts_with("fatal") {
            return Answer::Fatal;
        }
        if RETURNS.iter().any(|phrase| text.starts_with(phrase)) || text.ends_with(" pass-through") {
            return Answer::Nothing;
        }
    } else if text.starts_with("none legal") {
        return Answer::Fatal;
    } else if text.starts_with("FALSE") {
        return Answer::Boolean(0);
    } else if let Some(status) = status(text, facts) {
        return status;
    }
    panic!("{}: no test knows which answer {text:?} is", callback.name)
}

/// What `failure_value` says of a bad argument in particular.
fn bad_argument(callback: &Callback, facts: &Facts) -> Option<Answer> {
    let (_, text) = callback.role.failure_value.split_once("bad argument: ")?;
    status(text, facts)
}

/// What `poison_answer` says.
fn poisoned(callback: &Callback, failed: Answer, facts: &Facts) -> Answer {
    /// Only the driver's code can do what must be done.
    const RUNS: &[&str] = &["run user code anyway", "run anyway"];
    /// What the runtime does before it returns.
    const RETURNS: &[&str] = &[
        "return",
        "pass",
        "leak",
        "complete",
        "indicate",
        "free",
        "reclaim",
        "none (VOID)",
        "give the request back",
        "leave",
        "report",
    ];
    const FAILS: &[&str] = &["failure status", "FAILURE where allowed", "else complete with failure"];
    let text = &callback.role.poison_answer;
    if RUNS.iter().any(|phrase| text.starts_with(phrase)) || text.contains(", then SUCCESS/") {
        return Answer::Run;
    }
    if text.starts_with("fatal") {
        return Answer::Fatal;
    }
    if callback.returns == "VOID" && RETURNS.iter().any(|phrase| text.starts_with(phrase)) {
        return Answer::Nothing;
    }
    if text.starts_with("FALSE") {
        return Answer::Boolean(0);
    }
    if FAILS.iter().any(|phrase| text.contains(phrase)) {
        return failed;
    }
    status(text, facts).unwrap_or_else(|| panic!("{}: no test knows which answer {text:?} is", callback.name))
}

/// The first status that a text names.
fn status(text: &str, facts: &Facts) -> Option<Answer> {
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.find_map(|word| facts.statuses.get(word)).map(|status| Answer::Status(*status))
}
