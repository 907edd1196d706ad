//! The annotated functions. Their signatures follow from the facts; what they do, the tests tell them.

use ndis_catalogue::Role;

use super::exceptions::{BLOCKS, FILLED, HOLDS_OBJECT};
use super::facts::{Callback, Facts, Meaning, Parameter};

/// The plainest function for a callback.
#[derive(Debug)]
pub struct Function {
    /// The callback.
    pub callback: String,
    /// The function's name.
    pub name: String,
    /// The names and types of what it takes: `object`, `handle` and `value`.
    pub arguments: Vec<(&'static str, String)>,
    /// What it returns, in Rust's spelling; empty if that is nothing.
    pub returns: String,
    /// What it does.
    body: String,
}

impl Function {
    /// Everything before the body.
    pub fn signature(&self) -> String {
        let arguments: Vec<_> = self.arguments.iter().map(|(name, spelling)| format!("{name}: {spelling}")).collect();
        let returns = if self.returns.is_empty() { String::new() } else { format!(" -> {}", self.returns) };
        format!("fn {}({}){returns}", self.name, arguments.join(", "))
    }
}

/// The functions, one for each callback of the catalogue. They name the types `Object`, `Block`, `Trouble` and
/// `ClosedTrouble` of whoever includes them.
pub fn functions(facts: &Facts) -> Vec<Function> {
    facts.callbacks.iter().map(function).collect()
}

/// The functions as Rust, told what to do by `perform`, and looking at what they get by `is_lent` and `look`.
pub fn fixture(facts: &Facts) -> String {
    let mut text = String::new();
    for function in functions(facts) {
        let look = |name| if name == "object" { "is_lent(object)".into() } else { format!("(&{name}).look()") };
        let looks: String = function.arguments.iter().map(|(name, _)| format!("    {};\n", look(*name))).collect();
        text += &format!(
            "#[ndis_callback({})]\npub {} {{\n{looks}    {}\n}}\n\n",
            function.callback,
            function.signature(),
            function.body.replace('\n', "\n    "),
        );
    }
    text
}

/// What the driver keeps in a handle.
pub(super) fn kept(family: &str) -> &'static str {
    if BLOCKS.contains(&family) { "Block" } else { "Object" }
}

fn function(callback: &Callback) -> Function {
    let mut arguments: Vec<_> =
        callback.parameters.iter().filter_map(|parameter| argument(callback, parameter)).collect();
    if let Some(extra) = &callback.entry.extra {
        arguments.push(("value", format!("{}<'_>", extra.of.expect("it says what it is"))));
    }
    // Objects first, then handles, then the one value: the sort is stable.
    arguments.sort_by_key(|(name, _)| ["object", "handle", "value"].iter().position(|known| known == name));
    let (returns, body) = result(callback);
    Function { callback: callback.name.clone(), name: callback.name.to_lowercase(), arguments, returns, body }
}

/// What the function takes for a parameter.
fn argument(callback: &Callback, parameter: &Parameter) -> Option<(&'static str, String)> {
    let of = parameter.entry.of.unwrap_or_default();
    if parameter.entry.role == Role::Part {
        return None;
    }
    if parameter.entry.role == Role::Raw {
        return Some(("value", parameter.rust_type("ndis::sys::")));
    }
    if HOLDS_OBJECT.contains(&of) {
        return Some(("value", format!("{of}<'_, Object>")));
    }
    let spelling = match &parameter.meaning {
        Meaning::Object { nullable: true, .. } => return Some(("object", "Option<&Object>".into())),
        Meaning::Object { nullable: false, .. } => return Some(("object", "&Object".into())),
        Meaning::Handle { family } => return Some(("handle", format!("Handle<{}>", kept(family)))),
        Meaning::Made { .. } | Meaning::Reserved => return None,
        // An out value of something that may pend travels with the answer.
        Meaning::Out if !callback.may_pend => return None,
        Meaning::Lists { lent_if_flag: true } => format!("Received<'_, {of}>"),
        Meaning::Lists { lent_if_flag: false } => format!("Chain<{of}>"),
        Meaning::Structure | Meaning::Request | Meaning::RequestBack | Meaning::NdisHandle | Meaning::Out => {
            format!("{of}<'_>")
        }
        Meaning::Value | Meaning::Flags { .. } => of.into(),
    };
    Some(("value", spelling))
}

/// What the function returns, and its body.
fn result(callback: &Callback) -> (String, String) {
    let has_lists = callback.has(|meaning| matches!(meaning, Meaning::Lists { .. }));
    let has_status = callback.role.failure_value.contains("NDIS_STATUS_");
    let has_outs = callback.has(|meaning| *meaning == Meaning::Out);
    let (returns, body) = match callback.returns.as_str() {
        "VOID" if callback.passes_on().is_some() => ("Pass", "let _ = perform();\nPass::On"),
        "VOID" if has_lists && has_status => ("", "let _ = perform();\nvalue.complete(NdisStatus::SUCCESS);"),
        "VOID" => ("", "let _ = perform();"),
        "BOOLEAN" if has_outs => ("Interrupt", "let _ = perform();\nINTERRUPT"),
        "BOOLEAN" => ("bool", "let _ = perform();\ntrue"),
        _ if callback.may_pend && !callback.may_fail() => {
            ("Answered", "let _ = perform();\nvalue.answer().expect(\"it cannot fail\")")
        }
        _ => return status(callback),
    };
    (returns.into(), body.into())
}

/// The same of a function that succeeds or fails.
fn status(callback: &Callback) -> (String, String) {
    let error = if callback.is_closed() { "ClosedTrouble" } else { "Trouble" };
    let made = callback.parameters.iter().find_map(|parameter| match &parameter.meaning {
        Meaning::Made { family } => Some(kept(family)),
        _ => None,
    });
    let (success, body) = match made {
        _ if callback.may_pend && callback.is_closed() => {
            ("Answered".into(), "perform()?;\nOk(value.answer()?)".into())
        }
        _ if callback.may_pend => ("Answered".into(), "perform()?;\nvalue.answer()".into()),
        Some(kept) => {
            let filled = FILLED.iter().find(|(name, _)| *name == callback.name).map_or("", |(_, fill)| fill);
            let mutable = if filled.is_empty() { "" } else { "let mut value = value;\n" };
            let made = format!("let made = Handle::new({kept}::new(1)).unwrap();\n{filled}");
            (format!("Handle<{kept}>"), format!("{mutable}{made}\nperform()?;\nOk(made)"))
        }
        // How NDIS gets the context is the runtime's choice.
        None if callback.gives().is_some() => {
            let returns = callback.entry.outcome.spelling().replace("<U>", "<Object>");
            let made = "let made = value.make(Context::new(Object::new(0)).unwrap());";
            return (returns.replace(", E>", &format!(", {error}>")), format!("{made}\nperform()?;\nOk(made)"));
        }
        None => ("()".into(), "perform()?;\nOk(())".into()),
    };
    (format!("Result<{success}, {error}>"), body)
}
